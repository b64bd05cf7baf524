package org.xfrmctl.datapath.host;

import static org.xfrmctl.datapath.engine.Samples.ip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.XfrmCounter;

/**
 * Makes packets from carol to moon that must not pass, and says which counter Linux raises for each: net/xfrm/xfrm_input.c
 * and what was measured (result-replay-lifetime-esp.txt, result-ipcomp.txt). Without one the IP layer drops it unseen by
 * XFRM. The states are those of {@link BadPacketsTest}.
 */
final class BadPackets {
    static final int GCM = 0x111;
    static final int NULL_TUNNEL = 0x300;
    static final int ENCAPSULATED = 0x333;
    static final int AUTHENTICATED = 0x500;
    static final int COMPRESSED = 0x11;

    /** Frames to put on the link, in order, and the one counter that the last one raises. */
    record Bad(String name, Optional<XfrmCounter> counter, List<byte[]> frames) {
        static Bad counted(String name, XfrmCounter counter, byte[]... frames) {
            return new Bad(name, Optional.of(counter), List.of(frames));
        }

        static Bad unseen(String name, byte[]... frames) {
            return new Bad(name, Optional.empty(), List.of(frames));
        }
    }

    private static final int ESP_AT = 20;
    private static final int TEXT_AT = ESP_AT + 8;

    private final Random random;
    private final IpAddress carol = ip(Gateways.Plan.V4.carol());
    private final IpAddress moon = ip(Gateways.Plan.V4.moon());

    BadPackets(Random random) {
        this.random = random;
    }

    /** Spoils a genuine ESP packet, number 1 of the AES-GCM state. */
    List<Bad> ofGenuine(byte[] genuine) {
        List<Bad> all = new ArrayList<>();
        for (int at = TEXT_AT; at < genuine.length; at++) {
            all.add(Bad.counted("byte " + at + " changed", XfrmCounter.IN_STATE_PROTO_ERROR, flip(genuine, at)));
        }
        for (int length = 0; length < genuine.length - ESP_AT; length++) {
            byte[] cut = addressed(50, Arrays.copyOfRange(genuine, ESP_AT, ESP_AT + length));
            XfrmCounter counter = length < 8 ? XfrmCounter.IN_HDR_ERROR : XfrmCounter.IN_STATE_PROTO_ERROR;
            all.add(Bad.counted("ESP cut to " + length, counter, cut));
            all.add(Bad.unseen("frame cut to " + length, Arrays.copyOf(genuine, ESP_AT + length)));
        }
        all.add(Bad.counted("another SPI", XfrmCounter.IN_NO_STATES, flip(genuine, ESP_AT + random.nextInt(4))));
        all.add(Bad.counted("number 0", XfrmCounter.IN_STATE_SEQ_ERROR, set(genuine, ESP_AT + 7, 0)));
        all.add(Bad.counted("another number", XfrmCounter.IN_STATE_PROTO_ERROR, flip(genuine, ESP_AT + 4)));
        all.addAll(brokenHeaders(genuine));
        return all;
    }

    private List<Bad> brokenHeaders(byte[] genuine) {
        List<Bad> all = new ArrayList<>();
        for (int at = 0; at < ESP_AT; at++) {
            all.add(Bad.unseen("IP header's byte " + at + " changed", flip(genuine, at)));
        }
        all.add(Bad.unseen("version 5", corrected(set(genuine, 0, 0x55))));
        all.add(Bad.unseen("header of 16 bytes", corrected(set(genuine, 0, 0x44))));
        all.add(Bad.unseen("first of two fragments", corrected(set(genuine, 6, 0x20))));
        // Anywhere but where the first one ends: there the two would make a packet.
        int place = random.nextInt(1, 255);
        int end = (genuine.length - ESP_AT) / 8;
        all.add(Bad.unseen("last of two fragments", corrected(set(genuine, 7, place < end ? place : place + 1))));
        byte[] first = corrected(set(Arrays.copyOf(genuine, ESP_AT + 48), 6, 0x20));
        byte[] over = genuine.clone();
        System.arraycopy(genuine, ESP_AT + 40, over, ESP_AT, genuine.length - ESP_AT - 40);
        byte[] last = corrected(set(Arrays.copyOf(over, genuine.length - 40), 7, 5));
        all.add(Bad.unseen("overlapping fragments", first, last));
        return all;
    }

    /** Packets that need no genuine one. */
    List<Bad> others() {
        List<Bad> all = new ArrayList<>(ofNullTunnel());
        all.add(Bad.counted("clear text", XfrmCounter.IN_TMPL_MISMATCH, addressed(17, udp(9, new byte[8]))));
        all.add(Bad.counted("ESP without its UDP", XfrmCounter.IN_STATE_MISMATCH, esp(ENCAPSULATED, bytes(40))));
        byte[] inUdp = Arrays.copyOfRange(esp(NULL_TUNNEL, bytes(40)), ESP_AT, ESP_AT + 48);
        all.add(Bad.counted("UDP around bare ESP's", XfrmCounter.IN_STATE_MISMATCH, addressed(17, udp(4500, inUdp))));
        for (int length = 0; length < 12; length++) {
            all.add(Bad.counted("AH of " + length, XfrmCounter.IN_HDR_ERROR, addressed(51, bytes(length))));
        }
        byte[] ah = bytes(60);
        ah[0] = 1;
        ah[1] = 5;
        word(ah, 4, AUTHENTICATED);
        word(ah, 8, 1);
        all.add(Bad.counted("AH forged", XfrmCounter.IN_STATE_PROTO_ERROR, addressed(51, ah)));
        all.addAll(ofIpcomp());
        PacketBuffer stranger = PacketBuffer.of(bytes(60));
        IpHeader.prepend(stranger, ip("192.168.0.77"), moon, random.nextBoolean() ? 4 : 41);
        all.add(Bad.counted("IP in IP of nobody", XfrmCounter.IN_NO_STATES, stranger.toBytes()));
        return all;
    }

    private List<Bad> ofNullTunnel() {
        int length = random.nextInt(30, 60) * 4;
        return List.of(
                Bad.counted("padding beyond the packet", XfrmCounter.IN_STATE_PROTO_ERROR, trailed(length, 255, 4)),
                Bad.counted("nothing but padding", XfrmCounter.IN_STATE_PROTO_ERROR, trailed(4, 2, 4)),
                Bad.counted("dummy", XfrmCounter.IN_STATE_PROTO_ERROR, trailed(length, 2, 59)),
                Bad.counted("UDP in a tunnel", XfrmCounter.IN_STATE_MODE_ERROR, trailed(length, 2, 17)),
                Bad.counted("inner header too short", XfrmCounter.IN_STATE_MODE_ERROR, trailed(20, 2, 4)),
                Bad.unseen("IPv4 that says IPv6", trailed(length, 2, 41)),
                Bad.unseen("no IP inside", trailed(length, 2, 4)));
    }

    private List<Bad> ofIpcomp() {
        byte[] zeros = new byte[66_000];
        byte[] bomb = deflated(zeros, zeros.length);
        byte[] whole = deflated(zeros, 600);
        byte[] garbage = bytes(100);
        // A block type that does not exist (RFC 1951, section 3.2.3).
        garbage[0] |= 7;
        return List.of(
                Bad.counted("bomb", XfrmCounter.IN_STATE_PROTO_ERROR, comp(COMPRESSED, 4, bomb)),
                Bad.counted("no deflate", XfrmCounter.IN_STATE_PROTO_ERROR, comp(COMPRESSED, 4, garbage)),
                Bad.counted(
                        "deflate cut short",
                        XfrmCounter.IN_STATE_PROTO_ERROR,
                        comp(COMPRESSED, 4, Arrays.copyOf(whole, whole.length - 2))),
                Bad.counted("another CPI", XfrmCounter.IN_NO_STATES, comp(0x1234, 4, whole)),
                Bad.counted("UDP in a compressed tunnel", XfrmCounter.IN_STATE_MODE_ERROR, comp(COMPRESSED, 17, whole)),
                Bad.counted("IPComp of 3", XfrmCounter.IN_HDR_ERROR, addressed(108, bytes(3))));
    }

    private static byte[] deflated(byte[] bytes, int length) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(bytes, 0, length);
        deflater.finish();
        byte[] result = new byte[length];
        int count = deflater.deflate(result);
        deflater.end();
        return Arrays.copyOf(result, count);
    }

    private byte[] comp(int cpi, int nextHeader, byte[] deflated) {
        byte[] packet = new byte[4 + deflated.length];
        packet[0] = (byte) nextHeader;
        packet[2] = (byte) (cpi >> 8);
        packet[3] = (byte) cpi;
        System.arraycopy(deflated, 0, packet, 4, deflated.length);
        return addressed(108, packet);
    }

    /** ESP of the null cipher with {@code length} bytes that end with a trailer. */
    private byte[] trailed(int length, int padding, int nextHeader) {
        byte[] text = bytes(length);
        text[0] = 0x41;
        text[length - 2] = (byte) padding;
        text[length - 1] = (byte) nextHeader;
        return esp(NULL_TUNNEL, text);
    }

    private byte[] esp(int spi, byte[] text) {
        byte[] packet = new byte[8 + text.length];
        word(packet, 0, spi);
        word(packet, 4, 1);
        System.arraycopy(text, 0, packet, 8, text.length);
        return addressed(50, packet);
    }

    private static byte[] udp(int port, byte[] data) {
        PacketBuffer buffer = PacketBuffer.of(data);
        UdpHeader.prepend(buffer, 4500, port);
        return buffer.toBytes();
    }

    private byte[] addressed(int protocol, byte[] payload) {
        PacketBuffer buffer = PacketBuffer.of(payload);
        IpHeader.prepend(buffer, carol, moon, protocol);
        return buffer.toBytes();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flip(byte[] packet, int at) {
        return set(packet, at, packet[at] ^ (1 << random.nextInt(8)));
    }

    private static byte[] set(byte[] packet, int at, int value) {
        byte[] changed = packet.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** With the IP length and checksum that belong to it, whatever else is wrong. */
    private static byte[] corrected(byte[] packet) {
        PacketBuffer buffer = PacketBuffer.of(packet);
        buffer.u16(2, packet.length);
        buffer.u16(10, 0);
        int sum = 0;
        for (int at = 0; at < 20; at += 2) {
            sum += buffer.u16(at);
        }
        buffer.u16(10, ~((sum & 0xffff) + (sum >>> 16)));
        return buffer.toBytes();
    }

    private static void word(byte[] target, int at, int value) {
        for (int i = 0; i < 4; i++) {
            target[at + i] = (byte) (value >>> (24 - 8 * i));
        }
    }
}

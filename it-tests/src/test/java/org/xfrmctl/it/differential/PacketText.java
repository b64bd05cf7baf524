package org.xfrmctl.it.differential;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.ah.AhTransform;
import org.xfrmctl.datapath.crypto.CipherSuite;
import org.xfrmctl.datapath.crypto.PacketCipher;
import org.xfrmctl.datapath.crypto.PacketCipher.Opened;
import org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException;
import org.xfrmctl.datapath.ipcomp.IpcompTransform;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmState;

/**
 * A packet as far as it is determined, layer by layer. What a kernel draws at random is not in it: IVs, the identification
 * of IP headers that need one. What is computed from that, is checked and told as right or wrong: integrity values,
 * checksums, the cipher text as what it opens to, compressed bytes by compressing again.
 */
final class PacketText {
    private static final int SHOWN = 48;
    private static final int NON_IKE_MARKER = 8;
    private static final int HIGH_WORDS = 2;

    private final KnownStates states;
    private final List<String> layers = new ArrayList<>();

    private PacketText(KnownStates states) {
        this.states = states;
    }

    static String of(byte[] packet, KnownStates states) {
        PacketText text = new PacketText(states);
        text.ip(packet.clone());
        return String.join(" | ", text.layers);
    }

    private void ip(byte[] bytes) {
        PacketBuffer packet = PacketBuffer.of(bytes);
        IpHeader ip = IpHeader.read(packet).orElse(null);
        if (ip == null) {
            rest("no IP", packet);
            return;
        }
        String behind = packet.length() == ip.totalLength()
                ? ""
                : " and " + crc(packet.array(), packet.start() + ip.totalLength(), packet.end());
        packet.dropBack(packet.length() - ip.totalLength());
        if (ip instanceof Ipv4Header v4) {
            layers.add(header(v4) + behind);
            if (v4.isFragment()) {
                fragment(packet, v4.length());
            } else {
                payload(packet, ip, v4.length(), v4.protocol());
            }
        } else if (ip instanceof Ipv6Header v6) {
            Ipv6Chain chain = Ipv6Chain.walk(packet);
            layers.add("v6 " + v6.source() + " " + v6.destination() + " tc " + v6.trafficClass() + " flow "
                    + v6.flowLabel() + " hop " + v6.hopLimit() + " len " + v6.totalLength() + behind
                    + extensions(packet, chain));
            if (chain.isFragment()) {
                fragment(packet, chain.offset());
            } else {
                payload(packet, ip, chain.offset(), chain.protocol());
            }
        }
    }

    /** The generator's packets have one identification; of those that a kernel gives only the place of zeros is certain. */
    private static String header(Ipv4Header v4) {
        String id = v4.identification() == RandomPackets.ID
                ? " id kept"
                : v4.dontFragment() && v4.identification() == 0 ? " id 0" : "";
        String offset = v4.isFragment() ? " at " + v4.fragmentOffset() + (v4.moreFragments() ? "+" : "") : "";
        return "v4 " + v4.source() + " " + v4.destination() + " tos " + v4.trafficClass() + " ttl " + v4.hopLimit()
                + " len " + v4.totalLength() + "/" + v4.length() + (v4.dontFragment() ? " DF" : "") + offset + id
                + (v4.checksumIsValid() ? "" : " BAD CHECKSUM");
    }

    /** Whole, but for the identification of a fragment. */
    private static String extensions(PacketBuffer packet, Ipv6Chain chain) {
        if (chain.offset() == Ipv6Header.LENGTH) {
            return "";
        }
        byte[] all = packet.toBytes();
        if (chain.isFragment()) {
            for (int i = 4; i < 8; i++) {
                all[chain.fragment() + i] = 0;
            }
        }
        return " chain " + HexFormat.of().formatHex(all, Ipv6Header.LENGTH, Math.min(all.length, chain.offset()));
    }

    /** What is in it shows when all have been put together. */
    private void fragment(PacketBuffer packet, int offset) {
        layers.add("fragment of " + (packet.length() - offset));
    }

    private void payload(PacketBuffer packet, IpHeader ip, int offset, int protocol) {
        byte[] header = packet.toBytes();
        packet.dropFront(offset);
        switch (protocol) {
            case 4, 41 -> ip(packet.toBytes());
            case 50 -> esp(packet, ip);
            case 51 -> ah(packet, ip, header, offset);
            case 108 -> ipcomp(packet, ip);
            case UdpHeader.PROTOCOL -> udp(packet, ip);
            default -> rest("protocol " + protocol, packet);
        }
    }

    private void udp(PacketBuffer packet, IpHeader ip) {
        UdpHeader udp = UdpHeader.read(packet, 0).orElse(null);
        if (udp == null
                || (udp.sourcePort() != Subject.ENCAP_PORT && udp.destinationPort() != Subject.ENCAP_PORT)
                || packet.length() <= UdpHeader.LENGTH + 8) {
            rest("udp", packet);
            return;
        }
        String checksum = udp.checksum() == 0 ? "none" : udp.checksumIsValid(ip) ? "right" : "WRONG";
        layers.add(
                "udp " + udp.sourcePort() + " " + udp.destinationPort() + " len " + udp.length() + " sum " + checksum);
        packet.dropFront(UdpHeader.LENGTH);
        if (packet.length() > 2 * NON_IKE_MARKER && packet.i32(0) == 0 && packet.i32(4) == 0) {
            layers.add("marker");
            packet.dropFront(NON_IKE_MARKER);
        }
        esp(packet, ip);
    }

    private void esp(PacketBuffer packet, IpHeader ip) {
        if (packet.length() < PacketCipher.ESP_HEADER) {
            rest("short esp", packet);
            return;
        }
        layers.add("esp " + Integer.toHexString(packet.i32(0)) + " seq " + packet.i32(4) + " len " + packet.length());
        // States that have one key for integrity and different ciphers all find a packet genuine.
        List<XfrmState> known = states.with(IpProtocol.ESP, packet.i32(0), ip.destination());
        for (boolean usual : List.of(true, false)) {
            for (XfrmState state : known) {
                if (opens(packet, ip, state, usual)) {
                    return;
                }
            }
        }
        layers.add("UNOPENED");
    }

    /** Whether a state opens a packet, to what has the {@code usual} padding. */
    private boolean opens(PacketBuffer packet, IpHeader ip, XfrmState state, boolean usual) {
        boolean esn = state.flags().has(StateFlag.ESN);
        PacketCipher cipher;
        try {
            cipher = CipherSuite.of(state.algorithms(), esn, new Random(1));
        } catch (UnsupportedAlgorithmException e) {
            return false;
        }
        int start = PacketCipher.ESP_HEADER + cipher.ivLength();
        int end = packet.length() - cipher.icvLength();
        for (long high = 0; high < (esn ? HIGH_WORDS : 1) && end - start >= 2; high++) {
            byte[] copy = packet.toBytes();
            long sequence = high << 32 | Integer.toUnsignedLong(packet.i32(4));
            if (cipher.open(copy, 0, end, sequence) == Opened.GENUINE
                    && (isPadded(copy, start, end) || (!usual && cipher.icvLength() > 0))) {
                opened(copy, start, end, ip, high);
                return true;
            }
        }
        return false;
    }

    /** Without integrity every key opens every packet, but only the right one shows the usual padding. */
    private static boolean isPadded(byte[] text, int start, int end) {
        int padding = text[end - 2] & 0xff;
        if (padding > end - 2 - start) {
            return false;
        }
        for (int i = 0; i < padding; i++) {
            if (text[end - 2 - padding + i] != i + 1) {
                return false;
            }
        }
        return true;
    }

    private void opened(byte[] text, int start, int end, IpHeader ip, long high) {
        int padding = text[end - 2] & 0xff;
        int last = end - 2 - padding;
        if (last < start) {
            layers.add("pad " + padding + " TOO LONG");
            return;
        }
        layers.add(
                "pad " + padding + (isPadded(text, start, end) ? "" : " UNUSUAL") + (high == 0 ? "" : " high " + high));
        inner(PacketBuffer.of(text, start, last - start), ip, text[end - 1] & 0xff);
    }

    /** What was under a transform; the checksum of UDP in it stands for the addresses that it had. */
    private void inner(PacketBuffer packet, IpHeader ip, int protocol) {
        switch (protocol) {
            case 4, 41 -> ip(packet.toBytes());
            case 50 -> esp(packet, ip);
            case 51 -> innerAh(packet);
            case 108 -> ipcomp(packet, ip);
            case UdpHeader.PROTOCOL -> udp(packet, ip);
            default -> rest("protocol " + protocol, packet);
        }
    }

    /** Behind a header that is not there any more, with padding as Linux finds it: its value cannot be checked. */
    private void innerAh(PacketBuffer packet) {
        int length = (packet.u8(1) + 2) * 4;
        layers.add("ah " + Integer.toHexString(packet.i32(4)) + " seq " + packet.i32(8) + " inside");
        int next = packet.u8(0);
        packet.dropFront(Math.min(length, packet.length()));
        if (next == 4 || next == 41) {
            ip(packet.toBytes());
        } else {
            rest("protocol " + next, packet);
        }
    }

    private void ah(PacketBuffer packet, IpHeader ip, byte[] whole, int offset) {
        if (packet.length() < 12) {
            rest("short ah", packet);
            return;
        }
        int spi = packet.i32(4);
        layers.add("ah " + Integer.toHexString(spi) + " seq " + packet.i32(8) + " len " + packet.u8(1));
        for (XfrmState state : states.with(IpProtocol.AH, spi, ip.destination())) {
            boolean align4 = state.flags().has(StateFlag.ALIGN4) && ip instanceof Ipv4Header;
            boolean esn = state.flags().has(StateFlag.ESN);
            AhTransform transform;
            try {
                transform = AhTransform.of(state.algorithms(), state.id().spi(), esn, align4);
            } catch (UnsupportedAlgorithmException e) {
                continue;
            }
            for (long high = 0; high < (esn ? HIGH_WORDS : 1); high++) {
                PacketBuffer copy = PacketBuffer.of(packet.toBytes());
                long sequence = high << 32 | Integer.toUnsignedLong(packet.i32(8));
                int next = transform.open(whole, offset, copy, sequence);
                if (next >= 0) {
                    layers.add("genuine" + (high == 0 ? "" : " high " + high));
                    inner(copy, ip, next);
                    return;
                }
            }
        }
        layers.add("UNOPENED");
    }

    private void ipcomp(PacketBuffer packet, IpHeader ip) {
        if (packet.length() < IpcompTransform.HEADER_LENGTH) {
            rest("short ipcomp", packet);
            return;
        }
        IpcompTransform transform = IpcompTransform.deflate(new Cpi(packet.u16(2)));
        PacketBuffer inflated = PacketBuffer.of(packet.toBytes());
        int next = transform.decompress(inflated);
        if (next < 0) {
            rest("ipcomp DOES NOT INFLATE", packet);
            return;
        }
        PacketBuffer again = PacketBuffer.of(inflated.toBytes());
        boolean same = transform.compress(again, next) && java.util.Arrays.equals(again.toBytes(), packet.toBytes());
        if (next == IpProtocol.ESP.number() || next == IpProtocol.AH.number()) {
            // How far that can be compressed depends on random bytes: IVs, and what Linux leaves in the padding of AH.
            layers.replaceAll(layer -> layer.replaceAll(" len \\d+", " len by chance"));
        }
        layers.add("ipcomp " + packet.u16(2) + " flags " + packet.u8(1) + (same ? "" : " OTHER BYTES"));
        inner(inflated, ip, next);
    }

    private void rest(String what, PacketBuffer packet) {
        layers.add(what + " " + crc(packet.array(), packet.start(), packet.end()));
    }

    private static String crc(byte[] bytes, int from, int to) {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, to - from);
        int shown = Math.min(to, from + SHOWN);
        return (to - from) + ":" + HexFormat.of().formatHex(bytes, from, shown)
                + (shown < to ? "~" + Long.toHexString(sum.getValue()) : "");
    }
}

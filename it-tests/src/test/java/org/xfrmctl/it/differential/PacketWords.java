package org.xfrmctl.it.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.XfrmState;

/**
 * A packet in words, for a sequence that is written by hand: what is inside comes first, and each word puts something in
 * front of what is there or changes it.
 *
 * <ul>
 *   <li>{@code data LENGTH}, {@code hex BYTES}: the beginning
 *   <li>{@code udp PORT PORT}, {@code icmp TYPE CODE}: a header, whose checksum is right when {@code ip} follows
 *   <li>{@code ip PROTOCOL FROM TO}: a header of the family of the addresses
 *   <li>{@code through SPI[,SPI] NUMBER}: as a peer with these states sends it, the innermost first, which have been asked for
 *   <li>{@code ttl NUMBER}; {@code set PLACE BYTES}; {@code cut NUMBER} of bytes at the end, of which the IP header knows;
 *       {@code finish}: the checksum of the IP header is right again
 * </ul>
 */
final class PacketWords {
    private static final int ECHO = 0x770001;

    private final KnownStates states;
    private PacketBuffer packet = PacketBuffer.of(new byte[0]);

    private PacketWords(KnownStates states) {
        this.states = states;
    }

    static Bytes read(List<String> words, KnownStates states) {
        PacketWords reading = new PacketWords(states);
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            reading.take(rest.next(), rest);
        }
        return Bytes.of(reading.packet.toBytes());
    }

    private void take(String word, Iterator<String> rest) {
        switch (word) {
            case "data" -> packet = PacketBuffer.of(Payloads.of(number(rest)));
            case "hex" -> packet = PacketBuffer.of(Bytes.parseHex(rest.next()).toArray());
            case "udp" -> UdpHeader.prepend(packet, number(rest), number(rest));
            case "icmp" -> IcmpHeader.prepend(packet, number(rest), number(rest), ECHO);
            case "ip" -> ip(number(rest), IpAddress.parse(rest.next()), IpAddress.parse(rest.next()));
            case "through" -> through(rest.next(), number(rest));
            case "ttl" -> {
                header().hopLimit(number(rest));
                header().finish(packet.length());
            }
            case "set" -> set(number(rest), Bytes.parseHex(rest.next()).toArray());
            case "cut" -> cut(number(rest));
            case "finish" -> header().finish(packet.length());
            default -> throw new IllegalArgumentException("no word of packets: " + word);
        }
    }

    private static int number(Iterator<String> rest) {
        return Integer.decode(rest.next());
    }

    private void set(int at, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            packet.u8(at + i, bytes[i] & 0xff);
        }
    }

    private void cut(int count) {
        IpHeader ip = header();
        packet.dropBack(count);
        ip.finish(packet.length());
    }

    private IpHeader header() {
        return IpHeader.read(packet).orElseThrow();
    }

    private void ip(int protocol, IpAddress from, IpAddress to) {
        int length = packet.length();
        IpHeader ip = IpHeader.prepend(packet, from, to, protocol);
        ip.hopLimit(64);
        if (ip instanceof Ipv4Header v4) {
            v4.identification(RandomPackets.ID);
        }
        ip.finish(packet.length());
        if (protocol == UdpHeader.PROTOCOL) {
            UdpHeader.read(packet, ip.length()).ifPresent(udp -> udp.updateChecksum(ip));
        } else if (protocol == Payloads.icmp(from.family())) {
            IcmpHeader.read(packet, ip.length()).ifPresent(icmp -> icmp.updateChecksum(ip, length));
        }
    }

    private void through(String spis, int number) {
        List<XfrmState> path = new ArrayList<>();
        Arrays.stream(spis.split(",", -1)).map(Integer::decode).forEach(spi -> path.add(state(spi)));
        byte[] sealed = Sealer.seal(packet.toBytes(), path, number)
                .orElseThrow(() -> new IllegalArgumentException("the states " + spis + " cannot protect this packet"));
        packet = PacketBuffer.of(sealed);
    }

    /** The one that was asked for last. */
    private XfrmState state(int spi) {
        return states.all().stream()
                .filter(state -> state.id().spi().bits() == spi)
                .reduce((one, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException("nobody has asked for a state with SPI " + spi));
    }
}

package org.xfrmctl.datapath.host.rules;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.FragmentHeader;
import org.xfrmctl.datapath.wire.InternetChecksum;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.TcpHeader;

/**
 * The MSS option of a SYN, as nftables finds and changes it ({@code net/netfilter/nft_exthdr.c,
 * nft_exthdr_tcp_set_eval()}): the first option of that kind, also behind an end of options; never to a greater value; the
 * checksum by the difference alone, so that a wrong one stays wrong (RFC 1624).
 */
final class TcpMss {
    private static final int MSS = 2;
    private static final int MSS_LENGTH = 4;
    /** End and padding have no length byte. */
    private static final int LAST_BARE = 1;

    private static final int CHECKSUM = 16;

    private TcpMss() {}

    /** Whether a packet has changed. */
    static boolean lower(PacketBuffer packet, int most) {
        int at = tcpAt(packet);
        Optional<TcpHeader> tcp = at < 0 ? Optional.empty() : TcpHeader.read(packet, at);
        if (tcp.isEmpty() || (tcp.get().control() & TcpHeader.SYN) == 0) {
            return false;
        }
        int end = at + tcp.get().length();
        OptionalInt option = find(packet, at + TcpHeader.LENGTH, end);
        if (option.isEmpty() || packet.u16(option.getAsInt() + 2) <= most) {
            return false;
        }
        write(packet, at, option.getAsInt() + 2, most);
        return true;
    }

    /** Where the TCP header begins; negative if there is none, or not in this fragment. */
    private static int tcpAt(PacketBuffer packet) {
        IpHeader ip = IpHeader.read(packet).orElseThrow();
        if (ip instanceof Ipv4Header v4) {
            return v4.protocol() == TcpHeader.PROTOCOL && v4.fragmentOffset() == 0 ? v4.length() : -1;
        }
        Ipv6Chain chain = Ipv6Chain.walk(packet);
        boolean later = chain.isFragment()
                && FragmentHeader.read(packet, chain.fragment())
                        .filter(fragment -> fragment.offset() == 0)
                        .isEmpty();
        return chain.protocol() == TcpHeader.PROTOCOL && !later ? chain.offset() : -1;
    }

    private static OptionalInt find(PacketBuffer packet, int start, int end) {
        int at = start;
        while (at < end - 1) {
            int type = packet.u8(at);
            int stated = packet.u8(at + 1);
            int length = type <= LAST_BARE || stated == 0 ? 1 : stated;
            if (type == MSS) {
                return length >= MSS_LENGTH && at + length <= end ? OptionalInt.of(at) : OptionalInt.empty();
            }
            at += length;
        }
        return OptionalInt.empty();
    }

    /** The option may begin at an odd byte: then its value stands in two of the words that the checksum is about. */
    private static void write(PacketBuffer packet, int tcpAt, int field, int value) {
        int checksum = packet.u16(tcpAt + CHECKSUM);
        int first = field - ((field - tcpAt) & 1);
        int words = first == field ? 1 : 2;
        long sum = ~checksum & 0xffff;
        for (int i = 0; i < words; i++) {
            sum += ~packet.u16(first + 2 * i) & 0xffff;
        }
        packet.u16(field, value);
        for (int i = 0; i < words; i++) {
            sum += packet.u16(first + 2 * i);
        }
        packet.u16(tcpAt + CHECKSUM, InternetChecksum.finish(sum));
    }
}

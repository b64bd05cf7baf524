package org.xfrmctl.datapath.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.wire.FragmentHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Reqid;

/**
 * Collects fragments until a packet is whole. Overlapping fragments end a collection (RFC 5722). What is not whole in time
 * goes when the next fragment comes; and there is a bound on how many packets wait, the oldest making room.
 */
final class Reassembly {
    private static final int MOST_WAITING = 64;
    private static final int LONGEST = 65535;

    /** {@code IP_FRAG_TIME} of {@code include/net/ip.h}. */
    private static final int SECONDS_V4 = 30;
    /** {@code IPV6_FRAG_TIMEOUT}, and RFC 8200, section 4.5. */
    private static final int SECONDS_V6 = 60;

    /** Of which packet a fragment is. One that came another way is of another: see {@link Way}. */
    private record Key(IpAddress source, IpAddress destination, int protocol, int identification, Way way) {}

    /**
     * How a fragment got here. Policy is asked about the whole packet, so all of it must have been protected alike: else
     * somebody could have the first fragment, in the clear, pass with the last one, which was protected.
     */
    private record Way(List<Protection> protections, IfId ifId, boolean fromHere) {
        static Way of(Packet packet) {
            return new Way(
                    packet.path().stream()
                            .filter(state -> protects(state.id().protocol()))
                            .map(Protection::by)
                            .toList(),
                    packet.ifId(),
                    packet.device() == 0);
        }

        /** IPComp protects nothing, and of two fragments one may have been too small for it. */
        private static boolean protects(IpProtocol protocol) {
            return protocol.equals(IpProtocol.ESP) || protocol.equals(IpProtocol.AH);
        }
    }

    /** What a state and the one that follows it when keys change have in common. */
    private record Protection(IpProtocol protocol, IpAddress source, IpAddress destination, Reqid reqid) {
        static Protection by(SecurityAssociation state) {
            return new Protection(
                    state.id().protocol(),
                    state.source(),
                    state.id().destination(),
                    state.definition().reqid());
        }
    }

    private final LongSupplier seconds;
    private final Map<Key, Collection> waiting = new LinkedHashMap<>();

    Reassembly(LongSupplier seconds) {
        this.seconds = seconds;
    }

    /** Takes a fragment; the whole packet if this was the last missing one. */
    Optional<PacketBuffer> addV4(Packet from, Ipv4Header ip) {
        PacketBuffer packet = from.buffer();
        Key key = new Key(ip.source(), ip.destination(), ip.protocol(), ip.identification(), Way.of(from));
        Bytes part = Bytes.of(bytes(packet, ip.length(), ip.totalLength()));
        byte[] header = bytes(packet, 0, ip.length());
        return collect(key, header, ip.fragmentOffset(), ip.moreFragments(), part)
                .filter(whole -> whole.length() <= LONGEST)
                .map(whole -> {
                    whole.u16(2, whole.length());
                    whole.u16(6, 0);
                    Ipv4Header.read(whole, 0).orElseThrow().finish(whole.length());
                    return whole;
                });
    }

    /** As {@link #addV4}; the chain has a fragment header. */
    Optional<PacketBuffer> addV6(Packet from, Ipv6Header ip, Ipv6Chain chain) {
        PacketBuffer packet = from.buffer();
        Optional<FragmentHeader> read = FragmentHeader.read(packet, chain.fragment());
        if (read.isEmpty()) {
            return Optional.empty();
        }
        FragmentHeader fragment = read.get();
        Key key = new Key(ip.source(), ip.destination(), 0, fragment.identification(), Way.of(from));
        Bytes part = Bytes.of(bytes(packet, chain.fragment() + FragmentHeader.LENGTH, ip.totalLength()));
        byte[] header = bytes(packet, 0, chain.fragment());
        header[fieldBefore(packet, chain.fragment())] = (byte) fragment.nextHeader();
        return collect(key, header, fragment.offset(), fragment.more(), part)
                .filter(whole -> whole.length() - Ipv6Header.LENGTH <= LONGEST)
                .map(whole -> {
                    whole.u16(4, whole.length() - Ipv6Header.LENGTH);
                    return whole;
                });
    }

    /** The next-header byte that names the fragment header. */
    private static int fieldBefore(PacketBuffer packet, int fragment) {
        int field = 6;
        int offset = Ipv6Header.LENGTH;
        while (offset < fragment) {
            field = offset;
            offset += (packet.u8(offset + 1) + 1) * 8;
        }
        return field;
    }

    private Optional<PacketBuffer> collect(Key key, byte[] header, int offset, boolean more, Bytes part) {
        long now = seconds.getAsLong();
        waiting.values().removeIf(late -> now >= late.until);
        if (waiting.size() >= MOST_WAITING && !waiting.containsKey(key)) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        Collection collection = waiting.computeIfAbsent(key, unused -> new Collection(now + patience(key)));
        if (offset == 0) {
            collection.header = header;
        }
        if (!collection.add(offset, more, part)) {
            waiting.remove(key);
            return Optional.empty();
        }
        if (!collection.isComplete()) {
            return Optional.empty();
        }
        waiting.remove(key);
        return Optional.of(collection.join());
    }

    private static int patience(Key key) {
        return key.source().family() == Family.INET ? SECONDS_V4 : SECONDS_V6;
    }

    private static byte[] bytes(PacketBuffer packet, int from, int to) {
        byte[] copy = new byte[Math.max(0, to - from)];
        System.arraycopy(packet.array(), packet.start() + from, copy, 0, copy.length);
        return copy;
    }

    /** The fragments of one packet. */
    private static final class Collection {
        private final TreeMap<Integer, Bytes> parts = new TreeMap<>();
        private final long until;
        private byte[] header = new byte[0];
        private int end = -1;
        private int received;

        Collection(long until) {
            this.until = until;
        }

        /** False if the fragment contradicts the others. */
        boolean add(int offset, boolean more, Bytes content) {
            Bytes same = parts.get(offset);
            if (same != null && same.length() == content.length()) {
                return true;
            }
            Map.Entry<Integer, Bytes> before = parts.lowerEntry(offset);
            Map.Entry<Integer, Bytes> after = parts.higherEntry(offset);
            int until = offset + content.length();
            boolean overlaps = same != null
                    || (before != null && before.getKey() + before.getValue().length() > offset)
                    || (after != null && after.getKey() < until);
            boolean odd = more && (content.length() & 7) != 0;
            boolean beyond = end >= 0 && (until > end || !more);
            if (overlaps || odd || beyond || until > LONGEST || content.length() == 0) {
                return false;
            }
            if (!more) {
                end = until;
            }
            parts.put(offset, content);
            received += content.length();
            return true;
        }

        boolean isComplete() {
            return end >= 0 && received == end;
        }

        PacketBuffer join() {
            byte[] whole = new byte[header.length + end];
            System.arraycopy(header, 0, whole, 0, header.length);
            parts.forEach((offset, content) ->
                    System.arraycopy(content.toArray(), 0, whole, header.length + offset, content.length()));
            return PacketBuffer.of(whole);
        }
    }
}

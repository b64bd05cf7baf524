package org.xfrmctl.cli.explain;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/** The packet that {@code SRC DST [PROTO [PORTS]]} means. Addresses only: nobody is asked for names. */
public final class PacketWords {
    private static final Map<String, Integer> PROTOCOLS = Map.of(
            "icmp", 1, "tcp", 6, "udp", 17, "gre", 47, "icmpv6", 58, "ipv6-icmp", 58, "sctp", 132, "udplite", 136);

    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final Set<Integer> WITH_PORTS = Set.of(6, 17, 33, 132, 136);
    /** Of a client that nobody has told which. */
    private static final int SOME_PORT = 40_000;

    private PacketWords() {}

    /**
     * Without a protocol it is what {@code ping} sends.
     *
     * @throws IllegalArgumentException that says which word is wrong, and what is right
     */
    public static Flow flow(String source, String destination, Optional<String> protocol, Optional<String> ports) {
        IpAddress from = address("SRC", source);
        IpAddress to = address("DST", destination);
        if (from.family() != to.family()) {
            throw new IllegalArgumentException(
                    "SRC " + source + " and DST " + destination + " are of two families: give both of one");
        }
        int number = protocol.map(PacketWords::protocol).orElse(ICMP);
        // Who says icmp to addresses of IPv6 means theirs.
        number = number == ICMP && from.family() == Family.INET6 ? ICMPV6 : number;
        if (number == ICMP || number == ICMPV6) {
            return icmp(from, to, number, ports.orElse(number == ICMP ? "8:0" : "128:0"));
        } else if (WITH_PORTS.contains(number)) {
            return ported(from, to, number, ports.orElse("0:0"));
        } else if (ports.isPresent()) {
            throw new IllegalArgumentException("PORTS " + ports.get() + ": protocol " + number
                    + " has none; allowed are they with tcp, udp, udplite, dccp (33), sctp and icmp: leave them out");
        }
        return new Flow(from, to, number, 0, 0);
    }

    private static IpAddress address(String name, String word) {
        try {
            return IpAddress.parse(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name + " \"" + word + "\" is no IP address; names are not looked up: give one such as 10.1.0.10",
                    e);
        }
    }

    private static int protocol(String word) {
        Integer known = PROTOCOLS.get(word);
        if (known != null) {
            return known;
        }
        return number(word, 255)
                .orElseThrow(() -> new IllegalArgumentException("PROTO \"" + word
                        + "\" is none of icmp, tcp, udp, gre, icmpv6, sctp, udplite, nor a number from 0 to 255"));
    }

    private static Flow icmp(IpAddress from, IpAddress to, int protocol, String word) {
        String[] parts = word.split(":", 2);
        Optional<Integer> type = number(parts[0], 255);
        Optional<Integer> code = number(parts.length == 2 ? parts[1] : "0", 255);
        if (type.isEmpty() || code.isEmpty()) {
            throw new IllegalArgumentException(
                    "PORTS \"" + word + "\": ICMP has a type and a code, each 0 to 255, as in 8:0");
        }
        return new Flow(from, to, protocol, type.get(), code.get());
    }

    private static Flow ported(IpAddress from, IpAddress to, int protocol, String word) {
        String[] parts = word.split(":", 2);
        Optional<Integer> source = parts.length == 2 ? number(parts[0], 65_535) : Optional.of(SOME_PORT);
        Optional<Integer> destination = number(parts[parts.length - 1], 65_535);
        if (source.isEmpty() || destination.isEmpty()) {
            throw new IllegalArgumentException("PORTS \"" + word
                    + "\" is neither a destination port nor SOURCE:DESTINATION, each 0 to 65535, as in 40000:443");
        }
        return new Flow(from, to, protocol, source.get(), destination.get());
    }

    private static Optional<Integer> number(String word, int most) {
        if (word.isEmpty() || word.length() > 5 || !word.chars().allMatch(each -> each >= '0' && each <= '9')) {
            return Optional.empty();
        }
        int value = Integer.parseInt(word);
        return value <= most ? Optional.of(value) : Optional.empty();
    }
}

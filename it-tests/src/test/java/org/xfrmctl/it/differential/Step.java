package org.xfrmctl.it.differential;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;

/** One thing that happens to a kernel. As a line of text it can be kept and repeated. */
sealed interface Step {
    /** For people: what is asked, or what comes. */
    String text();

    /** The line that {@link #parse} reads. */
    String line();

    /** A netlink request, right or wrong. */
    record Asked(String text, Bytes datagram) implements Step {
        @Override
        public String line() {
            return "ask " + HexFormat.of().formatHex(datagram.toArray()) + " # " + text;
        }
    }

    /** Packets from the wire, one behind the other. */
    record Arrival(String text, List<Bytes> packets) implements Step {
        public Arrival {
            packets = List.copyOf(packets);
        }

        @Override
        public String line() {
            return packets.stream()
                            .map(packet -> HexFormat.of().formatHex(packet.toArray()))
                            .collect(Collectors.joining(" ", "arrive ", " # "))
                    + text;
        }
    }

    /** Whether a socket's packets may be fragmented, by the numbers of {@code IP_MTU_DISCOVER}. */
    enum Discovery {
        DONT,
        WANT,
        DO
    }

    /**
     * A packet from a socket of this host.
     *
     * @param protocol UDP has ports; of other protocols the ports are the first four bytes: type and code of ICMP
     * @param length of the data behind the UDP header, or behind the IP header without UDP
     */
    record Departure(
            IpAddress destination,
            int protocol,
            int sourcePort,
            int destinationPort,
            int length,
            int trafficClass,
            int mark,
            Discovery discovery)
            implements Step {
        @Override
        public String text() {
            return "send to " + destination + " protocol " + protocol + " ports " + sourcePort + " " + destinationPort
                    + " length " + length + " tos " + trafficClass + " mark " + mark + " " + discovery;
        }

        @Override
        public String line() {
            return "send " + destination + " " + protocol + " " + sourcePort + " " + destinationPort + " " + length
                    + " " + trafficClass + " " + mark + " "
                    + discovery.name().toLowerCase(Locale.ROOT);
        }

        private static Departure of(String[] words) {
            int[] numbers =
                    Arrays.stream(words, 1, 7).mapToInt(Integer::parseInt).toArray();
            return new Departure(
                    IpAddress.parse(words[0]),
                    numbers[0],
                    numbers[1],
                    numbers[2],
                    numbers[3],
                    numbers[4],
                    numbers[5],
                    Discovery.valueOf(words[7].toUpperCase(Locale.ROOT)));
        }
    }

    /** Reads a {@link #line}. */
    static Step parse(String line) {
        String[] halves = line.split(" # ", 2);
        String text = halves.length == 2 ? halves[1] : "";
        String[] words = halves[0].split(" ", -1);
        String[] rest = Arrays.copyOfRange(words, 1, words.length);
        return switch (words[0]) {
            case "ask" -> new Asked(text, Bytes.parseHex(rest[0]));
            case "arrive" ->
                new Arrival(text, Arrays.stream(rest).map(Bytes::parseHex).toList());
            case "send" -> Departure.of(rest);
            default -> throw new IllegalArgumentException("step '" + words[0] + "' is none of ask, arrive and send");
        };
    }
}

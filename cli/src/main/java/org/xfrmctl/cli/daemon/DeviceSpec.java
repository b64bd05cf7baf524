package org.xfrmctl.cli.daemon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.sys.UdpEndpoint;

/** A device as the command line names it: {@code KIND,KEY=VALUE,…}. The addresses are the daemon's own. */
public sealed interface DeviceSpec {
    List<IpPrefix> addresses();

    /** A TUN interface of the machine. */
    record Tun(String name, List<IpPrefix> addresses, int mtu) implements DeviceSpec {}

    /** An Ethernet interface of the machine, by a packet socket. */
    record Packet(String name, List<IpPrefix> addresses) implements DeviceSpec {}

    /** A UDP socket that carries ESP to a peer, who has an address of his own behind it. */
    record Udp(UdpEndpoint.Address local, UdpEndpoint.Address remote, IpAddress peer, List<IpPrefix> addresses)
            implements DeviceSpec {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what is wrong in it, and what would be right
     */
    static DeviceSpec parse(String text) {
        Words words = new Words(text);
        List<IpPrefix> addresses =
                words.all("address").stream().map(IpPrefix::parse).toList();
        DeviceSpec spec = switch (words.kind()) {
            case "tun" -> new Tun(words.one("name"), addresses, words.number("mtu", 1500, 68, 65_535));
            case "packet" -> new Packet(words.one("name"), addresses);
            case "udp" ->
                new Udp(
                        endpoint(words.one("local")),
                        endpoint(words.one("remote")),
                        IpAddress.parse(words.one("peer")),
                        addresses);
            default ->
                throw new IllegalArgumentException(
                        "\"" + words.kind() + "\" in \"" + text + "\" is no kind of device: tun, packet or udp");
        };
        words.requireNoOthers();
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" has no address=ADDRESS/LENGTH");
        }
        return spec;
    }

    private static UdpEndpoint.Address endpoint(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "" : text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535 || host.contains(":") != bracketed) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no ADDRESS:PORT; an IPv6 address stands in brackets");
        }
        IpAddress address = IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        return new UdpEndpoint.Address(address, Integer.parseInt(port));
    }

    /** The words between the commas. */
    final class Words {
        private final String text;
        private final String kind;
        private final Map<String, List<String>> values = new HashMap<>();
        private final Set<String> known = new TreeSet<>();

        Words(String text) {
            this.text = text;
            String[] parts = text.split(",", -1);
            this.kind = parts[0];
            for (int i = 1; i < parts.length; i++) {
                String[] pair = parts[i].split("=", 2);
                if (pair.length != 2 || pair[1].isEmpty()) {
                    throw new IllegalArgumentException("\"" + parts[i] + "\" in \"" + text + "\" is no KEY=VALUE");
                }
                values.computeIfAbsent(pair[0], any -> new ArrayList<>()).add(pair[1]);
            }
        }

        String kind() {
            return kind;
        }

        List<String> all(String key) {
            known.add(key);
            return values.getOrDefault(key, List.of());
        }

        String one(String key) {
            List<String> found = all(key);
            if (found.size() != 1) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" has " + found.size() + " of " + key + "=, which has to be there once");
            }
            return found.get(0);
        }

        int number(String key, int otherwise, int least, int most) {
            String value = all(key).isEmpty() ? Integer.toString(otherwise) : one(key);
            if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
                throw new IllegalArgumentException(
                        key + "=" + value + " in \"" + text + "\" is not in " + least + ".." + most);
            }
            return Integer.parseInt(value);
        }

        void requireNoOthers() {
            for (String key : values.keySet()) {
                if (!known.contains(key)) {
                    throw new IllegalArgumentException("\"" + key + "\" in \"" + text + "\" is unknown to " + kind
                            + ", which has " + String.join(", ", known));
                }
            }
        }
    }
}

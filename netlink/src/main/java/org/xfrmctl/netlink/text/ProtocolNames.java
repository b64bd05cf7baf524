package org.xfrmctl.netlink.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of IP protocols as {@code getprotobynumber} finds them: the first name of the first line with the number in
 * {@code /etc/protocols} (protocols(5)). A number without a name is printed as it is.
 */
public final class ProtocolNames {
    private static final Path SYSTEM_FILE = Path.of("/etc/protocols");

    /** For hosts without the file, which small containers are: what a selector is likely to name. */
    private static final Map<Integer, String> COMMON = Map.ofEntries(
            Map.entry(0, "ip"),
            Map.entry(1, "icmp"),
            Map.entry(2, "igmp"),
            Map.entry(4, "ipencap"),
            Map.entry(6, "tcp"),
            Map.entry(17, "udp"),
            Map.entry(33, "dccp"),
            Map.entry(41, "ipv6"),
            Map.entry(43, "ipv6-route"),
            Map.entry(44, "ipv6-frag"),
            Map.entry(47, "gre"),
            Map.entry(50, "esp"),
            Map.entry(51, "ah"),
            Map.entry(58, "ipv6-icmp"),
            Map.entry(59, "ipv6-nonxt"),
            Map.entry(60, "ipv6-opts"),
            Map.entry(88, "eigrp"),
            Map.entry(89, "ospf"),
            Map.entry(94, "ipip"),
            Map.entry(103, "pim"),
            Map.entry(108, "ipcomp"),
            Map.entry(112, "vrrp"),
            Map.entry(115, "l2tp"),
            Map.entry(132, "sctp"),
            Map.entry(135, "mobility-header"),
            Map.entry(136, "udplite"));

    private static final ProtocolNames BUILT_IN = new ProtocolNames(COMMON);

    private final Map<Integer, String> names;

    private ProtocolNames(Map<Integer, String> names) {
        this.names = Map.copyOf(names);
    }

    public static ProtocolNames builtIn() {
        return BUILT_IN;
    }

    /** The host's own names from {@code /etc/protocols}, or the built-in ones where there is no such file. */
    public static ProtocolNames ofHost() {
        return read(SYSTEM_FILE);
    }

    /** The names in {@code file}, or the built-in ones if it does not exist. */
    public static ProtocolNames read(Path file) {
        try {
            return parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException absent) {
            return BUILT_IN;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Reads lines of {@code NAME NUMBER ALIAS... # comment}. Lines of another shape are passed over, as glibc does. */
    static ProtocolNames parse(List<String> lines) {
        Map<Integer, String> names = new HashMap<>();
        for (String line : lines) {
            int comment = line.indexOf('#');
            String[] words =
                    (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+", 3);
            if (words.length >= 2 && words[1].matches("[0-9]{1,3}")) {
                names.putIfAbsent(Integer.parseInt(words[1]), words[0]);
            }
        }
        return new ProtocolNames(names);
    }

    public String nameOf(int number) {
        return names.getOrDefault(number, Integer.toString(number));
    }
}

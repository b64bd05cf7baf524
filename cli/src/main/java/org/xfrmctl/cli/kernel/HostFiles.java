package org.xfrmctl.cli.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the kernel tells in {@code /proc}, and what {@code nft} prints. */
public final class HostFiles {
    /** {@code XFRMNLGRP_ACQUIRE} as a bit, and NETLINK_XFRM. */
    private static final int ACQUIRE = 1;

    private static final String XFRM = "6";

    private static final List<String> SETTINGS = List.of(
            "net/ipv4/ip_forward",
            "net/ipv4/ip_no_pmtu_disc",
            "net/ipv4/ip_forward_use_pmtu",
            "net/ipv4/tcp_mtu_probing",
            "net/ipv4/icmp_ratelimit",
            "net/ipv4/icmp_ratemask",
            "net/ipv6/conf/all/forwarding",
            "net/ipv6/icmp/ratelimit",
            "net/core/xfrm_acq_expires",
            "net/core/xfrm_larval_drop",
            "net/core/xfrm_aevent_etime",
            "net/core/xfrm_aevent_rseqth");

    private static final Map<String, List<String>> OF_INTERFACES = Map.of(
            "net/ipv4/conf", List.of("disable_policy", "disable_xfrm", "forwarding", "rp_filter", "send_redirects"),
            "net/ipv6/conf", List.of("disable_ipv6", "disable_policy", "forwarding", "mtu"));

    private HostFiles() {}

    public static String release(Path proc) throws IOException {
        return Files.readString(proc.resolve("sys/kernel/osrelease")).strip();
    }

    /** None of a kernel that was built without them. */
    public static Map<String, Long> statistics(Path proc) throws IOException {
        Path file = proc.resolve("net/xfrm_stat");
        Map<String, Long> counters = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.strip().split("\\s+", -1);
                if (words.length == 2) {
                    counters.put(words[0], Long.parseUnsignedLong(words[1]));
                }
            }
        }
        return counters;
    }

    /** Those that have to do with IPsec, by their names below {@code /proc/sys}. */
    public static Map<String, String> settings(Path proc) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        for (String name : SETTINGS) {
            read(proc, name, settings);
        }
        for (Map.Entry<String, List<String>> each : OF_INTERFACES.entrySet()) {
            for (String device : names(proc.resolve("sys").resolve(each.getKey()))) {
                for (String name : each.getValue()) {
                    read(proc, each.getKey() + "/" + device + "/" + name, settings);
                }
            }
        }
        return settings;
    }

    /** Whether a socket is in the group to which the kernel says which states it needs; empty if that is not told. */
    public static Optional<Boolean> acquires(Path proc) throws IOException {
        Path file = proc.resolve("net/netlink");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        return Optional.of(Files.readAllLines(file).stream()
                .map(line -> line.strip().split("\\s+", -1))
                .anyMatch(columns -> columns.length > 3
                        && columns[1].equals(XFRM)
                        && (Long.parseUnsignedLong(columns[3], 16) & ACQUIRE) != 0));
    }

    /** The ports that UDP sockets are bound to; empty if that is not told. */
    public static Optional<Set<Integer>> udpPorts(Path proc) throws IOException {
        Set<Integer> ports = new TreeSet<>();
        boolean told = false;
        for (String name : List.of("udp", "udp6")) {
            Path file = proc.resolve("net").resolve(name);
            if (Files.isReadable(file)) {
                told = true;
                Files.readAllLines(file).stream()
                        .skip(1)
                        .map(line -> line.strip().split("\\s+", -1)[1])
                        .map(local -> Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16))
                        .forEach(ports::add);
            }
        }
        return told ? Optional.of(ports) : Optional.empty();
    }

    /**
     * The tables of iptables-legacy, {@code ip filter} for one. Each is made by the first command that names it, so it may hold no
     * rule. Empty if there is a list of them that may not be read, as who is not root may not.
     */
    public static Optional<List<String>> legacyFilters(Path proc) throws IOException {
        List<String> tables = new ArrayList<>();
        for (String family : List.of("ip", "ip6")) {
            Path file = proc.resolve("net/" + family + "_tables_names");
            if (Files.exists(file)) {
                if (!Files.isReadable(file)) {
                    return Optional.empty();
                }
                Files.readAllLines(file).stream().sorted().forEach(name -> tables.add(family + " " + name));
            }
        }
        return Optional.of(tables);
    }

    private static List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> content = Files.list(directory)) {
            return content.map(path -> String.valueOf(path.getFileName())).toList();
        }
    }

    private static void read(Path proc, String name, Map<String, String> settings) throws IOException {
        Path file = proc.resolve("sys").resolve(name);
        if (Files.isReadable(file)) {
            settings.put(name, SettingFile.read(file));
        }
    }

    /** Empty if there is no {@code nft}, or it may not look. */
    public static Optional<String> firewall() throws IOException {
        try {
            Process nft = new ProcessBuilder("nft", "-j", "list", "ruleset")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            nft.getOutputStream().close();
            String text = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return nft.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            if (isInstalled()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean isInstalled() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .filter(place -> !place.isEmpty())
                .anyMatch(place -> Files.isExecutable(Path.of(place, "nft")));
    }
}

package org.xfrmctl.cli.lab.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sysctls of a lab host: what makes a namespace predictable. Everything here is a setting of the namespace, none is
 * the machine's.
 *
 * @param values by their files below /proc/sys/net; of a directory that a kernel does not have none is set
 */
record NamespaceSettings(Map<String, String> values) {
    private static final Path NET = Path.of("/proc/sys/net");

    /** To be set before the namespace has any interface but {@code lo}. */
    static NamespaceSettings ofHost(boolean forwarding) {
        Map<String, String> values = new LinkedHashMap<>();
        ipv4(forwarding).forEach((file, value) -> values.put(file, value.toString()));
        // As systemd sets it, so that ping uses a datagram socket. With a raw one the kernel asks the inbound policy
        // twice about each reply, once for the socket and once in icmp_rcv(), and counts a refusal twice.
        values.put("ipv4/ping_group_range", "0 2147483647");
        ipv6(forwarding).forEach((file, value) -> values.put(file, value.toString()));
        return new NamespaceSettings(values);
    }

    /** The switch speaks no IP, and a netfilter of the machine must not look into its frames. */
    static NamespaceSettings ofSwitch() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("ipv6/conf/default/disable_ipv6", "1");
        for (String family : List.of("arptables", "ip6tables", "iptables")) {
            values.put("bridge/bridge-nf-call-" + family, "0");
        }
        return new NamespaceSettings(values);
    }

    /**
     * Sets them in the namespace that this thread is in. A kernel without IPv6 has none of its settings; a lab that uses IPv6
     * then fails at its first address, with the kernel's words.
     */
    void write() {
        values.forEach((name, value) -> {
            try {
                if (Files.isDirectory(NET.resolve(Path.of(name).getName(0)))) {
                    Files.writeString(NET.resolve(name), value);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Map<String, Integer> ipv4(boolean forwarding) {
        Map<String, Integer> values = new LinkedHashMap<>();
        values.put("ipv4/ip_forward", forwarding ? 1 : 0);
        for (String scope : List.of("all", "default")) {
            // Tunnelled packets come back on another interface than their source would be routed to.
            values.put("ipv4/conf/" + scope + "/rp_filter", 0);
            values.put("ipv4/conf/" + scope + "/send_redirects", 0);
        }
        // Errors are part of what a scenario expects; none may be missing because there was one a moment ago.
        values.put("ipv4/icmp_ratelimit", 0);
        return values;
    }

    private static Map<String, Integer> ipv6(boolean forwarding) {
        Map<String, Integer> values = new LinkedHashMap<>();
        values.put("ipv6/conf/all/forwarding", forwarding ? 1 : 0);
        for (String scope : List.of("all", "default")) {
            values.put("ipv6/conf/" + scope + "/disable_ipv6", 0);
            values.put("ipv6/conf/" + scope + "/accept_dad", 0);
            values.put("ipv6/conf/" + scope + "/accept_ra", 0);
            values.put("ipv6/conf/" + scope + "/router_solicitations", 0);
        }
        // 1 is IN6_ADDR_GEN_MODE_NONE: no link-local address made from the random MAC address.
        values.put("ipv6/conf/default/addr_gen_mode", 1);
        values.put("ipv6/icmp/ratelimit", 0);
        return values;
    }
}

package org.xfrmctl.cli.lab.namespace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The sysctls of a lab host: what makes a namespace predictable. Everything here is a setting of the namespace, none is
 * the machine's.
 */
final class NamespaceSettings {
    private NamespaceSettings() {}

    /**
     * A shell script that must run in the namespace before it has any interface but {@code lo}. A kernel without IPv6
     * has none of its settings; a lab that uses IPv6 then fails at its first address, with the kernel's words.
     */
    static String ofHost(boolean forwarding) {
        return "cd /proc/sys/net\n"
                + assignments(ipv4(forwarding))
                // As systemd sets it, so that ping uses a datagram socket. With a raw one the kernel asks the inbound
                // policy twice about each reply, once for the socket and once in icmp_rcv(), and counts a refusal
                // twice.
                + "echo 0 2147483647 >ipv4/ping_group_range\n"
                + "if [ -d ipv6 ]; then\n"
                + assignments(ipv6(forwarding))
                + "fi\n";
    }

    /** The switch speaks no IP, and a netfilter of the machine must not look into its frames. */
    static String ofSwitch() {
        return """
                cd /proc/sys/net
                if [ -d ipv6 ]; then echo 1 >ipv6/conf/default/disable_ipv6; fi
                if [ -d bridge ]; then for each in bridge/bridge-nf-call-*; do echo 0 >$each; done; fi
                """;
    }

    private static String assignments(Map<String, Integer> values) {
        return values.entrySet().stream()
                .map(each -> "echo %d >%s%n".formatted(each.getValue(), each.getKey()))
                .collect(Collectors.joining());
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

package org.xfrmctl.cli.lab.namespace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sysctls of a lab host: what makes a namespace predictable. Everything here is a setting of the namespace, none is
 * the machine's.
 */
final class NamespaceSettings {
    private NamespaceSettings() {}

    /** A shell script that must run in the namespace before it has any interface but {@code lo}. */
    static String script(boolean forwarding) {
        StringBuilder script = new StringBuilder("cd /proc/sys/net\n");
        values(forwarding)
                .forEach((name, value) -> script.append("echo %s >%s%n".formatted(value, name.replace('.', '/'))));
        return script.toString();
    }

    private static Map<String, Integer> values(boolean forwarding) {
        int forward = forwarding ? 1 : 0;
        Map<String, Integer> values = new LinkedHashMap<>();
        values.put("ipv4.ip_forward", forward);
        // Tunnelled packets come back on another interface than their source would be routed to.
        values.put("ipv4.conf.all.rp_filter", 0);
        values.put("ipv4.conf.default.rp_filter", 0);
        values.put("ipv4.conf.all.send_redirects", 0);
        values.put("ipv4.conf.default.send_redirects", 0);
        // Errors are part of what a scenario expects; none may be missing because there was one a moment ago.
        values.put("ipv4.icmp_ratelimit", 0);
        values.put("ipv6.icmp.ratelimit", 0);
        values.put("ipv6.conf.all.forwarding", forward);
        for (String scope : new String[] {"all", "default"}) {
            values.put("ipv6.conf." + scope + ".disable_ipv6", 0);
            values.put("ipv6.conf." + scope + ".accept_dad", 0);
            values.put("ipv6.conf." + scope + ".accept_ra", 0);
            values.put("ipv6.conf." + scope + ".router_solicitations", 0);
        }
        // 1 is IN6_ADDR_GEN_MODE_NONE: no link-local address made from the random MAC address.
        values.put("ipv6.conf.default.addr_gen_mode", 1);
        return values;
    }
}

package org.xfrmctl.it.docker;

import java.util.Map;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.LabInterfaceSpec;
import org.xfrmctl.cli.lab.LabRouteSpec;
import org.xfrmctl.cli.lab.LabTopology;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;

/**
 * The shell script that gives a container the interfaces, addresses and routes of a lab's host. The engine gave it others,
 * of networks that nobody else on its machine has; these may be what the user's own network has, too, for only the
 * containers see them.
 */
final class HostSetup {
    private final StringBuilder script = new StringBuilder("set -e\n");

    private HostSetup() {}

    /**
     * @param macs the interfaces' MAC addresses by link; those that the host has no use for are set down
     * @param number one that no other host of the lab has
     */
    static String script(LabHostSpec host, LabTopology topology, Map<String, String> macs, int number) {
        HostSetup setup = new HostSetup();
        // An image without users has tcpdump, which asks who root is, fail.
        setup.line("[ -e /etc/passwd ] || echo root:x:0:0::/:/bin/sh >/etc/passwd");
        setup.settings(host.forwarding());
        setup.names(macs);
        for (String link : macs.keySet()) {
            setup.clear(link);
        }
        for (LabInterfaceSpec each : host.interfaces()) {
            int mtu = topology.links().stream()
                    .filter(link -> link.name().equals(each.link()))
                    .findFirst()
                    .orElseThrow()
                    .mtu();
            setup.bringUp(each, mtu, number);
        }
        for (LabRouteSpec route : host.routes()) {
            setup.line("ip route add " + route.destination() + " via " + route.via());
        }
        // What was learnt of paths in another lab.
        setup.line("ip route flush cache; ip -6 route flush cache");
        return setup.script.toString();
    }

    private void settings(boolean forwarding) {
        set("ipv4/ip_forward", forwarding ? 1 : 0);
        set("ipv6/conf/all/disable_ipv6", 0);
        set("ipv6/conf/default/disable_ipv6", 0);
        set("ipv6/conf/all/forwarding", forwarding ? 1 : 0);
        // Errors are part of what a scenario expects; none may be missing because there was one a moment ago.
        set("ipv4/icmp_ratelimit", 0);
        set("ipv6/icmp/ratelimit", 0);
        line("echo 0 2147483647 >/proc/sys/net/ipv4/ping_group_range");
        for (String scope : new String[] {"all", "default"}) {
            set("ipv4/conf/" + scope + "/rp_filter", 0);
            set("ipv4/conf/" + scope + "/send_redirects", 0);
        }
    }

    /** An interface gets the name of its link, as in the other labs. */
    private void names(Map<String, String> macs) {
        line("for each in /sys/class/net/*; do");
        line("  read -r mac <$each/address || continue");
        line("  case $mac in");
        macs.forEach((link, mac) -> line("    " + mac + ") wanted=" + link + " ;;"));
        line("    *) continue ;;");
        line("  esac");
        line("  [ ${each##*/} = $wanted ] || { ip link set ${each##*/} down; ip link set ${each##*/} name $wanted; }");
        line("done");
    }

    private void clear(String link) {
        line("ip addr flush dev " + link + "; ip link set " + link + " down");
        set("ipv6/conf/" + link + "/disable_ipv6", 0);
        set("ipv6/conf/" + link + "/accept_dad", 0);
        set("ipv6/conf/" + link + "/accept_ra", 0);
        set("ipv6/conf/" + link + "/addr_gen_mode", 1);
        set("ipv4/conf/" + link + "/rp_filter", 0);
        set("ipv4/conf/" + link + "/send_redirects", 0);
    }

    private void bringUp(LabInterfaceSpec each, int mtu, int number) {
        line("ip link set " + each.link() + " mtu " + mtu + " up");
        if (each.addresses().stream().anyMatch(HostSetup::isIpv6)) {
            line("ip addr add fe80::" + Integer.toHexString(number) + "/64 dev " + each.link() + " nodad");
        }
        for (IpPrefix address : each.addresses()) {
            line("ip addr add " + address + " dev " + each.link() + (isIpv6(address) ? " nodad" : ""));
        }
    }

    private void set(String setting, int value) {
        line("echo " + value + " >/proc/sys/net/" + setting);
    }

    private void line(String line) {
        script.append(line).append('\n');
    }

    private static boolean isIpv6(IpPrefix address) {
        return address.family() == Family.INET6;
    }
}

package org.xfrmctl.it.explain;

import java.util.List;
import java.util.OptionalInt;

/**
 * A question to {@code explain}, and what the rules of {@link ExplainRoutesProof} make of it.
 *
 * @param words of the command line
 * @param way the MTU of the packet's way, that of its tunnel's where it goes through one; empty if it has none
 * @param verdict some of the sentence
 * @param ping the options with which {@code ping} sends such packets, to find out what the kernel lets pass; empty if it cannot
 */
record RouteCase(String name, String words, OptionalInt way, String verdict, String ping) {
    private static RouteCase of(String name, String words, int way, String verdict, String ping) {
        return new RouteCase(name, words, way == 0 ? OptionalInt.empty() : OptionalInt.of(way), verdict, ping);
    }

    static List<RouteCase> all() {
        return List.of(
                of("plain", "192.168.0.100 203.0.113.5", 1500, "passes, in clear", "203.0.113.5"),
                of("mark", "--mark 7 192.168.0.100 203.0.113.5", 1300, "passes, in clear", "-m 7 203.0.113.5"),
                of("other mark", "--mark 8 192.168.0.100 203.0.113.5", 1500, "passes, in clear", "-m 8 203.0.113.5"),
                of("goto", "--mark 7 192.168.0.100 203.0.113.64", 1500, "passes, in clear", "-m 7 203.0.113.64"),
                of("port", "192.168.0.100 203.0.113.5 udp 53", 1200, "passes, in clear", ""),
                of("one port", "192.168.0.100 203.0.113.5 udp 67", 1200, "passes, in clear", ""),
                of("other port", "192.168.0.100 203.0.113.5 udp 54", 1500, "passes, in clear", ""),
                of("other protocol", "192.168.0.100 203.0.113.5 tcp 53", 1500, "passes, in clear", ""),
                of("source", "172.16.0.1 203.0.113.5", 1300, "passes, in clear", "-I 172.16.0.1 203.0.113.5"),
                of("bound", "--dev alt 172.16.0.1 203.0.113.5", 1300, "passes, in clear", "-I alt 203.0.113.5"),
                of("bound elsewhere", "--dev thin 192.168.0.100 203.0.113.5", 1200, "passes, in clear", ""),
                of("suppressed", "192.168.0.100 203.0.113.200", 1200, "passes, in clear", "203.0.113.200"),
                of("suppressed refusal", "192.168.0.100 203.0.113.241", 0, "not sent", ""),
                of("blackhole", "192.168.0.100 198.18.0.1", 0, "not sent", ""),
                of("arrival", "--fwd --dev lan 10.2.0.9 198.51.100.7", 0, "not passed on", ""),
                of("arrival elsewhere", "--fwd --dev alt 10.2.0.9 198.51.100.7", 1500, "passes, in clear", ""),
                of("arrival by its route", "--fwd 10.2.0.9 198.51.100.7", 0, "not passed on", ""),
                of("itself", "10.2.0.1 172.16.0.1", 65_535, "passes, in clear", ""),
                of("itself six", "fd00:2::1 fd00:1::1", 65_536, "passes, in clear", ""),
                of("broadcast", "172.16.0.1 172.16.0.255", 1300, "passes, in clear", ""),
                of("group six", "--dev alt fd00:2::1 ff05::2", 1300, "passes, in clear", ""),
                of("delivered", "--fwd --dev wan 192.168.0.7 10.2.0.1", 0, "it is for this host; ask with --in", ""),
                of("delivered by its route", "--fwd 192.168.0.7 10.2.0.1", 0, "it is for this host", ""),
                of("delivered broadcast", "--fwd --dev wan 192.168.0.7 10.2.255.255", 0, "it is for this host", ""),
                of("delivered to all", "--fwd --dev wan 192.168.0.7 255.255.255.255", 0, "it is for this host", ""),
                of("delivered group", "--fwd --dev wan 192.168.0.7 224.0.0.5", 0, "it is for this host", ""),
                of("delivered six", "--fwd --dev wan fd00:1::9 fd00:2::1", 0, "it is for this host", ""),
                of("passed on by mark", "--fwd --mark 7 10.2.0.9 203.0.113.5", 1300, "passes, in clear", ""),
                of("table 220", "10.2.0.1 10.1.0.1", 1500, "passes, protected", "-I 10.2.0.1 10.1.0.1"),
                of("thrown", "10.2.0.1 10.1.9.1", 1500, "passes, protected", "-I 10.2.0.1 10.1.9.1"),
                of("inner mark", "--mark 7 10.2.0.1 10.1.0.1", 1500, "passes, protected", ""),
                of("output mark", "10.2.0.1 10.3.0.1", 1300, "passes, protected", "-I 10.2.0.1 10.3.0.1"),
                of("six", "fd00:2::1 2001:db8:9::1", 1500, "passes, in clear", "-I fd00:2::1 2001:db8:9::1"),
                of(
                        "six marked",
                        "--mark 7 fd00:2::1 2001:db8:9::1",
                        1300,
                        "passes, in clear",
                        "-m 7 -I fd00:2::1 2001:db8:9::1"),
                of("interface", "10.2.0.1 10.4.0.1", 1500, "passes, protected", "-I 10.2.0.1 10.4.0.1"),
                of("interface passes on", "--fwd --dev lan 10.2.0.9 10.4.0.1", 1500, "passes, protected", ""),
                of("interface without policy", "10.2.0.1 10.5.0.1", 0, "an XFRM interface sends only what", ""));
    }

    @Override
    public String toString() {
        return name;
    }
}

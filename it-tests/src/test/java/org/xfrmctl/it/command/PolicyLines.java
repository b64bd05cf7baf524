package org.xfrmctl.it.command;

import java.util.ArrayList;
import java.util.List;

/** Commands about policies that a kernel takes. Each policy has a selector of its own. */
final class PolicyLines {
    /** Indices from here on are asked for; those that a kernel chooses are smaller. */
    static final int FIRST_INDEX = 1 << 20;

    private final RandomWords words;
    private final List<String> lines = new ArrayList<>();

    PolicyLines(RandomWords words) {
        this.words = words;
    }

    List<String> lines(int count) {
        lines.add("xfrm policy setdefault in accept fwd " + words.pick(List.of("block", "accept")));
        lines.add("xfrm policy set hthresh4 " + words.number(24) + " 32 hthresh6 " + words.below(129) + " 64");
        for (int i = 0; i < count; i++) {
            add(i);
        }
        return lines;
    }

    private void add(int i) {
        boolean v4 = words.oneIn(2);
        int direction = words.below(3);
        String selector = selector(i, v4);
        String dir = " dir " + List.of("in", "out", "fwd").get(direction);
        String index = words.oneIn(6) ? " index " + words.number(FIRST_INDEX + 8L * i + direction) : "";
        String name = (words.oneIn(4) ? " " + words.markOfPolicy() : "")
                + (words.oneIn(4) ? " if_id " + words.number(1 + words.below(1 << 16)) : "")
                + (words.oneIn(4) ? " ptype " + words.pick(List.of("main", "sub")) : "");
        String rest = options() + templates(v4, direction);
        lines.add(words.pick(List.of("xfrm policy add ", "x p a ", "xfrm policy update "))
                + (words.oneIn(2) ? selector + dir + name : selector + name + dir)
                + index
                + rest);
        switch (words.below(8)) {
            case 0 -> lines.add("x p u " + selector + dir + name + index + " priority 7");
            case 1 -> lines.add("xfrm policy delete " + selector + dir + name);
            case 2 -> {
                if (!index.isEmpty()) {
                    lines.add("x p del" + index + dir + name);
                }
            }
            default -> {}
        }
    }

    private String selector(int i, boolean v4) {
        String prefixes = v4
                ? "src 10." + (i >> 8) + "." + (i & 255) + ".7/" + words.pick(List.of("24", "32", "255.255.255.0"))
                        + " dst " + words.pick(List.of("0.0.0.0/0", "10.200", "172.16/12", "192.0.2.1"))
                : "dst fd01:" + Integer.toHexString(i + 1) + "::/" + (32 + words.below(97)) + " src "
                        + words.pick(List.of("::/0", "fd02::1", "::ffff:192.0.2.1/96"));
        return prefixes
                + (words.oneIn(6) ? " dev v0" : "")
                + words.pick(List.of(
                        "",
                        "",
                        " proto any",
                        " proto tcp sport " + words.below(65536),
                        " proto udp dport " + words.number(53) + " sport 0",
                        " proto sctp",
                        " proto 33 dport 7",
                        " proto icmp type " + words.number(words.below(256)) + " code 0",
                        " proto ipv6-icmp type 128",
                        " proto 135 type 5",
                        " proto gre key " + words.number(words.below(1 << 30)),
                        " proto gre key 1.2.3.4",
                        " proto " + words.number(words.below(256))));
    }

    private String options() {
        StringBuilder text = new StringBuilder();
        sometimes(text, "priority " + words.number(words.below(1 << 30)));
        sometimes(text, "action " + words.pick(List.of("allow", "block")));
        sometimes(text, "flag " + words.pick(List.of("localok", "icmp", "localok icmp", "0x3", "icmp flag localok")));
        sometimes(text, words.limit());
        sometimes(text, words.limit() + " " + words.limit());
        return text.toString();
    }

    /** A transport template goes on in the family that it finds; a tunnel may change it. */
    private String templates(boolean v4, int direction) {
        StringBuilder text = new StringBuilder();
        boolean family = v4;
        for (int i = words.below(4); i > 0; i--) {
            text.append(" tmpl ");
            boolean tunnel = words.oneIn(2);
            if (tunnel) {
                family = words.oneIn(2);
            }
            if (tunnel || words.oneIn(2)) {
                text.append(family ? "src 192.0.2.1 dst 198.51.100.2 " : "src 2001:db8::1 dst 2001:db8::2 ");
            }
            text.append("proto ").append(words.pick(List.of("esp", "ah", "comp")));
            sometimes(text, "spi " + words.number(words.below(1 << 16)));
            sometimes(text, "reqid " + words.number(words.below(1 << 20)));
            text.append(" mode ").append(tunnel ? "tunnel" : words.pick(List.of("transport", "t")));
            sometimes(text, "level " + (direction == 1 ? "required" : words.pick(List.of("required", "use"))));
        }
        return text.toString();
    }

    private void sometimes(StringBuilder text, String option) {
        if (words.oneIn(3)) {
            text.append(' ').append(option);
        }
    }
}

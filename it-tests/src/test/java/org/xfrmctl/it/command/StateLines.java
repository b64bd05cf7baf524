package org.xfrmctl.it.command;

import java.util.ArrayList;
import java.util.List;

/** Commands about states that a kernel takes. Each state has an SPI of its own. */
final class StateLines {
    private static final List<String> SHORT = List.of("hmac(md5) 16 96", "hmac(sha1) 20 96", "hmac(sha256) 32 128");
    private static final List<String> LONG =
            List.of("hmac(sha384) 48 192", "hmac(sha512) 64 256", "hmac(sha256) 32 96");

    private final RandomWords words;
    private final List<String> lines = new ArrayList<>();

    StateLines(RandomWords words) {
        this.words = words;
    }

    List<String> lines(int count) {
        for (int i = 0; i < count; i++) {
            add(i);
        }
        return lines;
    }

    private void add(int i) {
        boolean v4 = words.oneIn(2);
        String proto = words.pick(List.of("esp", "esp", "esp", "ah", "comp"));
        int spi = (proto.equals("comp") ? 0x2000 : 0x10000) + i;
        String ends = v4
                ? "src 192.0.2." + words.below(256) + " dst 198.51.100." + words.below(256)
                : "src 2001:db8::" + words.below(256) + " dst 2001:db8:1::" + words.below(256);
        String id = ends + " proto " + proto + " spi " + words.number(spi);
        boolean tunnel = words.oneIn(2);
        String mark = words.oneIn(4) ? " " + words.mark("mark") : "";
        String rest = mark + " mode " + mode(tunnel) + options(proto, v4, tunnel) + algorithms(proto);
        if (proto.equals("esp") && words.oneIn(8)) {
            // A larval state, completed by an update.
            String bounds = " min " + spi + " max " + spi;
            lines.add(
                    words.pick(List.of("xfrm state allocspi ", "x s al ")) + ends + " proto esp mode tunnel" + bounds);
        } else {
            lines.add(words.pick(List.of("xfrm state add ", "x s a ", "xfrm sa ad ")) + id + rest);
        }
        switch (words.below(8)) {
            case 0 -> lines.add("xfrm state update " + id + rest + " " + words.limit());
            case 1 -> lines.add(words.pick(List.of("xfrm state delete ", "x s d ")) + id + mark);
            default -> {}
        }
    }

    private String mode(boolean tunnel) {
        return words.pick(tunnel ? List.of("tunnel", "tu") : List.of("transport", "t", "tr"));
    }

    private String options(String proto, boolean v4, boolean tunnel) {
        StringBuilder text = new StringBuilder();
        sometimes(text, "reqid " + words.number(words.below(1 << 20)));
        sometimes(text, "seq " + words.number(1 + words.below(1 << 30)));
        sometimes(text, words.mark("output-mark"));
        sometimes(text, "if_id " + words.number(words.below(1 << 16)));
        sometimes(text, "flag noecn decap-dscp");
        sometimes(text, "flag nopmtudisc flag icmp align4");
        sometimes(text, "flag 0x" + Integer.toHexString(words.below(0x80)));
        sometimes(text, "flag af-unspec wildrecv");
        sometimes(text, "extra-flag " + words.pick(List.of("dont-encap-dscp oseq-may-wrap", "0x1", "0x2")));
        sometimes(text, words.limit() + " " + words.limit());
        sometimes(text, selector(v4 != (tunnel && words.oneIn(2))));
        replay(text, proto);
        if (proto.equals("esp") && v4) {
            sometimes(text, "encap espinudp " + words.number(4500) + " " + words.below(65536) + " 203.0.113.9");
        }
        if (proto.equals("esp") && tunnel) {
            sometimes(text, "tfcpad " + words.number(words.below(1500)));
        }
        return text.toString();
    }

    private void replay(StringBuilder text, String proto) {
        if (proto.equals("comp") || words.oneIn(2)) {
            sometimes(text, "replay-window " + words.number(words.below(33)));
            return;
        }
        text.append(" replay-window ").append(words.number(1 + words.below(4096)));
        sometimes(text, "flag esn");
        sometimes(text, "replay-seq " + words.number(words.below(1000)));
        sometimes(text, "replay-oseq " + words.number(words.below(1000)));
        sometimes(text, "replay-seq-hi " + words.number(words.below(1000)));
        sometimes(text, "replay-oseq-hi " + words.number(words.below(1000)));
    }

    private String selector(boolean v4) {
        String prefixes = v4
                ? "sel src 10." + words.below(256) + ".0.0/16 dst 10.9/" + words.below(33)
                : "sel src fd01::/" + words.below(129) + " dst fd02::1";
        return prefixes + words.pick(List.of("", " proto tcp", " proto UDP dport 53", " proto 132 sport 5", " dev v0"));
    }

    private String algorithms(String proto) {
        return switch (proto) {
            case "comp" -> " comp deflate";
            case "ah" -> authentication(words.pick(words.oneIn(2) ? SHORT : LONG));
            default -> esp();
        };
    }

    private String esp() {
        String authentication = authentication(words.pick(SHORT));
        return switch (words.below(5)) {
            case 0, 1 ->
                " aead rfc4106(gcm(aes)) " + words.key(words.pick(List.of(20, 28, 36))) + " "
                        + words.number(words.pick(List.of(64, 96, 128)));
            case 2 -> " aead rfc7539esp(chacha20,poly1305) " + words.key(36) + " 128";
            case 3 -> authentication + " enc cipher_null \"\"";
            default ->
                words.oneIn(2)
                        ? " enc cbc(aes) " + words.key(words.pick(List.of(16, 24, 32))) + authentication
                        : authentication + " enc 'rfc3686(ctr(aes))' " + words.key(20);
        };
    }

    /** {@code suite} is a name, the key's bytes and a length in bits. */
    private String authentication(String suite) {
        String[] parts = suite.split(" ", -1);
        String key = words.key(Integer.parseInt(parts[1]));
        return words.oneIn(2)
                ? " auth \"" + parts[0] + "\" " + key
                : " auth-trunc " + parts[0] + " " + key + " " + words.number(Integer.parseInt(parts[2]));
    }

    private void sometimes(StringBuilder text, String option) {
        if (words.oneIn(4)) {
            text.append(' ').append(option);
        }
    }
}

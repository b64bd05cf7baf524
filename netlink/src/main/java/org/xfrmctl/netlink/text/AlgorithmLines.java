package org.xfrmctl.netlink.text;

import java.util.List;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Algorithm.Aead;
import org.xfrmctl.model.Algorithm.Authentication;
import org.xfrmctl.model.Algorithm.Compression;
import org.xfrmctl.model.Algorithm.Encryption;
import org.xfrmctl.model.Key;

/** The algorithms of a state, one per line, in the order in which {@code ip} looks for them. */
final class AlgorithmLines {
    private final TextPage page;

    AlgorithmLines(TextPage page) {
        this.page = page;
    }

    void print(List<Algorithm> algorithms) {
        authentication(algorithms);
        for (Algorithm algorithm : algorithms) {
            if (algorithm instanceof Aead aead) {
                line("aead ", aead.name(), aead.key())
                        .put(" ")
                        .put(aead.icvBits())
                        .newline();
            }
        }
        for (Algorithm algorithm : algorithms) {
            if (algorithm instanceof Encryption encryption) {
                line("enc ", encryption.name(), encryption.key()).newline();
            }
        }
        for (Algorithm algorithm : algorithms) {
            if (algorithm instanceof Compression compression) {
                line("comp ", compression.name(), compression.key()).newline();
            }
        }
    }

    /** The kernel reports one integrity algorithm twice, with and without its length; only the former is printed. */
    private void authentication(List<Algorithm> algorithms) {
        boolean truncated = algorithms.stream()
                .anyMatch(algorithm -> algorithm instanceof Authentication auth && auth.truncationBits() != 0);
        for (Algorithm algorithm : algorithms) {
            if (algorithm instanceof Authentication auth && truncated == (auth.truncationBits() != 0)) {
                line(truncated ? "auth-trunc " : "auth ", auth.name(), auth.key());
                if (truncated) {
                    page.put(" ").unsigned(auth.truncationBits());
                }
                page.newline();
            }
        }
    }

    private TextPage line(String kind, String name, Key key) {
        page.put("\t").put(kind).put(name).put(" ");
        if (page.options().keys() == TextOptions.Keys.HIDDEN) {
            return page.put("<<Keys hidden>>");
        }
        if (key.length() == 0) {
            return page;
        }
        page.put("0x").put(key.revealHex());
        return page.statistics() ? page.put(" (" + key.bits() + " bits)") : page;
    }
}

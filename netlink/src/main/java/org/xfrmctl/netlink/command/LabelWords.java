package org.xfrmctl.netlink.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.SecurityLabel;

/** {@code ctx CONTEXT}: the label of a security module. */
final class LabelWords {
    /** iproute2's buffer, with the zero at its end. */
    private static final int LONGEST = 256;

    private static final int SELINUX = 1;
    private static final int DOI_LSM = 1;

    private final Words words;
    private Optional<SecurityLabel> label = Optional.empty();

    LabelWords(Words words) {
        this.words = words;
    }

    boolean read(String word) {
        if (!word.equals("ctx")) {
            return false;
        }
        if (label.isPresent()) {
            throw words.repeated();
        }
        byte[] text = words.argument("ctx needs a security context").getBytes(StandardCharsets.UTF_8);
        if (text.length >= LONGEST) {
            throw words.at(
                    words.last(), "the security context has " + text.length + " bytes; the most are " + (LONGEST - 1));
        }
        byte[] withNul = Arrays.copyOf(text, text.length + 1);
        label = Optional.of(new SecurityLabel(SELINUX, DOI_LSM, Bytes.of(withNul)));
        return true;
    }

    Optional<SecurityLabel> label() {
        return label;
    }
}

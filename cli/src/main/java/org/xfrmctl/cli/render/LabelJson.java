package org.xfrmctl.cli.render;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.SecurityLabel;

/** The label of a security module: {@code {"alg", "doi", "len", "label"}}. */
final class LabelJson {
    private LabelJson() {}

    /** {@code len} counts a NUL at the end, which the text does without. What is no text is shown in hex. */
    static Map<String, Object> of(SecurityLabel label) {
        byte[] bytes = label.text().toArray();
        Optional<String> text = text(bytes);
        return Json.object(
                "alg",
                Json.unsigned(label.algorithm()),
                "doi",
                Json.unsigned(label.doi()),
                "len",
                bytes.length,
                "label",
                text,
                "label_hex",
                text.isPresent() ? Optional.empty() : Optional.of("0x" + label.text()));
    }

    private static Optional<String> text(byte[] bytes) {
        boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == 0;
        String text = new String(bytes, 0, bytes.length - (ended ? 1 : 0), StandardCharsets.ISO_8859_1);
        return text.chars().allMatch(letter -> letter >= ' ' && letter <= '~') ? Optional.of(text) : Optional.empty();
    }
}

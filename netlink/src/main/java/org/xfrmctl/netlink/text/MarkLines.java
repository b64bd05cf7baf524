package org.xfrmctl.netlink.text;

import java.util.Optional;
import org.xfrmctl.model.Mark;

/** The mark of a state or policy, with the output mark of a state behind it on the same line. */
final class MarkLines {
    private MarkLines() {}

    static void print(TextPage page, Mark mark, Optional<Mark> outputMark) {
        if (mark.isNone() && outputMark.isEmpty()) {
            return;
        }
        page.put("\t");
        if (!mark.isNone()) {
            page.put("mark ").alternateHex(mark.value()).put("/").alternateHex(mark.mask());
            page.put(" ");
        }
        outputMark.ifPresent(output ->
                page.put("output-mark ").prefixedHex(output.value()).put("/").prefixedHex(output.mask()));
        page.newline();
    }
}

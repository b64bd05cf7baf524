package org.xfrmctl.netlink.text;

import java.util.List;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.ReplayState.Basic;
import org.xfrmctl.model.ReplayState.Extended;

/** Sequence numbers and the replay bitmap; {@code seq} is the highest one received, {@code oseq} the last one sent. */
final class ReplayLines {
    private static final int WORDS_PER_LINE = 8;

    private ReplayLines() {}

    static void print(TextPage page, ReplayState replay) {
        if (replay instanceof Basic basic) {
            page.put("\tanti-replay context: seq ").prefixedHex(basic.inbound());
            page.put(", oseq ").prefixedHex(basic.outbound());
            page.put(", bitmap 0x").wideHex(basic.bitmap()).newline();
        } else if (replay instanceof Extended extended) {
            page.put("\tanti-replay esn context:").newline();
            page.put("\t seq-hi ").prefixedHex((int) (extended.inbound() >>> 32));
            page.put(", seq ").prefixedHex((int) extended.inbound());
            page.put(", oseq-hi ").prefixedHex((int) (extended.outbound() >>> 32));
            page.put(", oseq ").prefixedHex((int) extended.outbound()).newline();
            page.put("\t replay_window ").unsigned(extended.window());
            page.put(", bitmap-length ").put(extended.bitmap().size());
            bitmap(page, extended.bitmap());
        } else {
            throw new AssertionError(replay);
        }
    }

    /** The highest word comes first. */
    private static void bitmap(TextPage page, List<Integer> words) {
        for (int printed = 0; printed < words.size(); printed++) {
            if (printed % WORDS_PER_LINE == 0) {
                page.newline().put("\t ");
            }
            page.wideHex(words.get(words.size() - 1 - printed)).put(" ");
        }
        page.newline();
    }
}

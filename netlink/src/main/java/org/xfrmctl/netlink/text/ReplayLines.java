package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.uapi.XfrmReplayState;
import org.xfrmctl.netlink.uapi.XfrmReplayStateEsn;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Sequence numbers and the replay bitmap; {@code seq} is the highest one received, {@code oseq} the last one sent. */
final class ReplayLines {
    private static final int WORDS_PER_LINE = 8;
    /** No attribute can hold more, whatever it says. */
    private static final int MOST_WORDS = 0xffff / Integer.BYTES;

    private final TextPage page;
    private final String prefix;
    private final FirstAttributes attributes;

    ReplayLines(TextPage page, String prefix, FirstAttributes attributes) {
        this.page = page;
        this.prefix = prefix;
        this.attributes = attributes;
    }

    /** Returns false if an attribute was too short, which ends a state. */
    boolean print() {
        return legacy() && extended();
    }

    private boolean legacy() {
        if (!attributes.has(Xfrma.REPLAY_VAL)) {
            return true;
        }
        page.put(prefix).put("anti-replay context: ");
        if (attributes.length(Xfrma.REPLAY_VAL) < XfrmReplayState.CODEC.size()) {
            page.truncated();
            return false;
        }
        XfrmReplayState replay = attributes.struct(Xfrma.REPLAY_VAL, XfrmReplayState.CODEC);
        page.put("seq ").prefixedHex(replay.seq()).put(", oseq ").prefixedHex(replay.oseq());
        page.put(", bitmap 0x").hex(replay.bitmap(), 8).newline();
        return true;
    }

    private boolean extended() {
        if (!attributes.has(Xfrma.REPLAY_ESN_VAL)) {
            return true;
        }
        page.put(prefix).put("anti-replay esn context:");
        if (attributes.length(Xfrma.REPLAY_ESN_VAL) < XfrmReplayStateEsn.CODEC.size()) {
            page.truncated();
            return false;
        }
        page.newline();
        XfrmReplayStateEsn replay = attributes.struct(Xfrma.REPLAY_ESN_VAL, XfrmReplayStateEsn.CODEC);
        page.put(prefix).put(" seq-hi ").prefixedHex(replay.seqHi());
        page.put(", seq ").prefixedHex(replay.seq());
        page.put(", oseq-hi ").prefixedHex(replay.oseqHi());
        page.put(", oseq ").prefixedHex(replay.oseq()).newline();
        page.put(prefix).put(" replay_window ").unsigned(replay.replayWindow());
        page.put(", bitmap-length ").unsigned(replay.bmpLen());
        bitmap(replay.bmpLen());
        page.newline();
        return true;
    }

    /** The highest word comes first. */
    private void bitmap(int words) {
        if (Integer.compareUnsigned(words, MOST_WORDS) > 0) {
            page.complain("replay_esn_val has " + attributes.length(Xfrma.REPLAY_ESN_VAL)
                    + " bytes, which do not fit a bitmap of " + Integer.toUnsignedString(words) + " words");
            return;
        }
        int start = attributes.start(Xfrma.REPLAY_ESN_VAL) + XfrmReplayStateEsn.CODEC.size();
        for (int printed = 0; printed < words; printed++) {
            if (printed % WORDS_PER_LINE == 0) {
                page.newline().put(prefix).put(' ');
            }
            int at = start + Integer.BYTES * (words - 1 - printed);
            page.hex(attributes.message().u32(at, attributes.end(Xfrma.REPLAY_ESN_VAL)), 8)
                    .put(' ');
        }
    }
}

package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.ReplayState;

/** Sequence numbers and the replay bitmap: {@code {"extended", "seq", "oseq", "bitmap"}}. */
final class ReplayJson {
    private ReplayJson() {}

    /** {@code seq} is the highest number received, {@code oseq} the last one sent, as {@code ip} calls them. */
    static Map<String, Object> of(ReplayState replay) {
        if (replay instanceof ReplayState.Basic basic) {
            return Json.object(
                    "extended", false,
                    "seq", Json.unsigned(basic.inbound()),
                    "oseq", Json.unsigned(basic.outbound()),
                    "bitmap", List.of(word(basic.bitmap())));
        } else if (replay instanceof ReplayState.Extended extended) {
            return Json.object(
                    "extended", true,
                    "seq", Json.unsigned(extended.inbound()),
                    "oseq", Json.unsigned(extended.outbound()),
                    "bitmap", extended.bitmap().stream().map(ReplayJson::word).toList());
        }
        throw new AssertionError(replay);
    }

    /** Nothing where no packet was counted yet, or a message does not tell. */
    static Optional<Map<String, Object>> unlessUnused(ReplayState replay) {
        return replay.equals(new ReplayState.Basic(replay.window(), 0, 0, 0))
                ? Optional.empty()
                : Optional.of(of(replay));
    }

    private static String word(int bits) {
        return String.format("0x%08x", bits);
    }
}

package org.xfrmctl.cli.render;

import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;

/** Mark and if_id, in the notation of {@code ip}: {@code "0x2a/0xff"} and {@code "0x2a"}. */
final class MarkJson {
    private MarkJson() {}

    /** The members {@code mark} and {@code if_id}, each left out if there is none. */
    static Map<String, Object> of(Mark mark, IfId ifId) {
        return Json.object(
                "mark", mark.isNone() ? Optional.empty() : Optional.of(mark.toString()),
                "if_id", ifId.isNone() ? Optional.empty() : Optional.of(ifId.toString()));
    }
}

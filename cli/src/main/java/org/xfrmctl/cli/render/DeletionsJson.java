package org.xfrmctl.cli.render;

import java.util.Map;

/** What became of {@code deleteall}: {@code {"deleted", "left"}}. */
public final class DeletionsJson {
    private DeletionsJson() {}

    /** {@code left} is how many the kernel did not delete. */
    public static Map<String, Object> of(int deleted, int left) {
        return Json.object("deleted", deleted, "left", left);
    }
}

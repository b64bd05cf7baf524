package org.xfrmctl.cli.render;

import org.xfrmctl.datapath.host.PingOutcome;

/** What came of echo requests, as JSON: {@code {"sent", "answered", "error"}}, the last where there was one. */
public final class PingJson {
    private PingJson() {}

    public static String print(PingOutcome outcome) {
        return Json.print(Json.object(
                "sent", outcome.sent(),
                "answered", outcome.received(),
                "error", outcome.error()));
    }
}

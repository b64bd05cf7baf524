package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/**
 * What became of a batch as JSON: {@code {"file", "sent", "changes", "refused": […], "allocated": […], "stopped"}}, or {@code
 * {"file", "sent", "problems": […]}} if it was not sent because it cannot be read. Keys are never part of it.
 */
public final class BatchJson {
    private BatchJson() {}

    public static String print(BatchReport report) {
        return Json.print(Json.object(
                "file", report.file(),
                "sent", true,
                "changes", report.changes(),
                "refused", report.refused().stream().map(BatchJson::refused).toList(),
                "allocated",
                        report.allocated().stream().map(BatchJson::allocated).toList(),
                "stopped", report.stop().map(BatchJson::stopped)));
    }

    /** A batch that was read and not sent. */
    public static String unsent(String file, int changes) {
        return Json.print(Json.object("file", file, "sent", false, "changes", changes));
    }

    /** A batch that cannot be read. */
    public static String unreadable(String file, List<ConfigException.Problem> problems) {
        return Json.print(Json.object(
                "file",
                file,
                "sent",
                false,
                "problems",
                problems.stream().map(BatchJson::problem).toList()));
    }

    private static Object problem(ConfigException.Problem problem) {
        return Json.object(
                "line", problem.place().line(), "column", problem.place().column(), "problem", problem.text());
    }

    private static Object stopped(BatchReport.Stop stop) {
        return Json.join(Json.object("after", stop.after(), "line", stop.line()), refusal(stop.reason()));
    }

    private static Object refused(BatchReport.Refused refused) {
        return Json.join(Json.object("line", refused.line()), refusal(refused.refusal()));
    }

    private static Map<String, Object> refusal(NetlinkException refusal) {
        return Json.object(
                "request", refusal.refusal().request(),
                "errno", refusal.number(),
                "error", Errno.of(refusal.number()).map(Errno::name),
                "message", String.valueOf(refusal.getMessage()),
                "advice", refusal.advice());
    }

    private static Object allocated(BatchReport.Allocated allocated) {
        XfrmState state = allocated.state();
        return Json.object(
                "line", allocated.line(),
                "src", state.source().toString(),
                "dst", state.id().destination().toString(),
                "proto", state.id().protocol().toString(),
                "spi", state.id().spi().toString(),
                "reqid", Integer.toUnsignedLong(state.reqid().bits()),
                "mode", state.mode().toString());
    }
}

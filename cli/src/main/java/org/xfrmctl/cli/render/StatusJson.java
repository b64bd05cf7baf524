package org.xfrmctl.cli.render;

import java.util.List;
import java.util.stream.Stream;
import org.xfrmctl.manager.status.ChildStatus;
import org.xfrmctl.model.XfrmState;

/** Status as JSON: {@code [{"child", "condition", "states": […], "missing": […]}]}. Keys are never part of it. */
public final class StatusJson {
    private StatusJson() {}

    public static String print(List<ChildStatus> status) {
        return Json.print(status.stream().map(StatusJson::child).toList());
    }

    private static Object child(ChildStatus status) {
        return Json.object(
                "child",
                status.name().toString(),
                "condition",
                status.condition().toString(),
                "states",
                Stream.concat(status.states().stream(), status.implied().stream())
                        .map(StatusJson::state)
                        .toList(),
                "missing",
                status.missing());
    }

    private static Object state(XfrmState state) {
        return Json.object(
                "src", state.source().toString(),
                "dst", state.id().destination().toString(),
                "proto", state.id().protocol().toString(),
                "spi", state.id().spi().toString(),
                "reqid", Integer.toUnsignedLong(state.reqid().bits()),
                "mode", state.mode().toString(),
                "implied", state.isImplied(),
                "bytes", Json.unsigned(state.current().bytes()),
                "packets", Json.unsigned(state.current().packets()));
    }
}

package org.xfrmctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.journal.UnfinishedRun;
import org.xfrmctl.manager.route.ChildRoute;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.manager.route.RouteStatus;
import org.xfrmctl.manager.status.ChildStatus;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;

/**
 * Status as JSON: {@code [{"child", "condition", "states": […], "missing": […], "routes": […], "run": {…}}]}; at the end what the
 * journal knows of children that are not defined. Keys are never part of it.
 */
public final class StatusJson {
    private StatusJson() {}

    /** As {@link RunsText#print}, what is told of the children beside it. */
    public static List<Object> children(
            List<ChildStatus> status,
            RoutePlan routes,
            JournalRecord record,
            Set<ChildName> defined,
            LongPredicate isUnderWay) {
        List<Object> children = new ArrayList<>();
        status.forEach(child -> children.add(Json.join(
                Json.join(child(child), routes(routes.of(child.name()))), run(record, child.name(), isUnderWay))));
        record.children().stream()
                .filter(child -> !defined.contains(child))
                .forEach(child -> children.add(Json.join(undefined(record, child), run(record, child, isUnderWay))));
        return children;
    }

    private static Map<String, Object> child(ChildStatus status) {
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

    /** None of a child that asks for none. */
    private static Map<String, Object> routes(List<RouteStatus> routes) {
        return routes.isEmpty()
                ? Map.of()
                : Json.object("routes", routes.stream().map(StatusJson::route).toList());
    }

    private static Object route(RouteStatus status) {
        ChildRoute route = status.route();
        return Json.object(
                "dst", route.destination().toString(),
                "via", route.leg().gateway().map(IpAddress::toString),
                "dev", route.leg().device(),
                "src", route.leg().source().map(IpAddress::toString),
                "metric", route.metric(),
                "mtu", Json.unsigned(route.metrics().mtu()),
                "advmss", Json.unsigned(route.metrics().advmss()),
                "present", status.isThere());
    }

    private static Map<String, Object> undefined(JournalRecord record, ChildName child) {
        long objects =
                record.ledger().owners().values().stream().filter(child::equals).count();
        return Json.object("child", child.toString(), "condition", "UNDEFINED", "objects", objects);
    }

    private static Map<String, Object> run(JournalRecord record, ChildName child, LongPredicate isUnderWay) {
        UnfinishedRun run = record.unfinished().get(child);
        return run == null
                ? Map.of()
                : Json.object(
                        "run",
                        Json.object(
                                "goal",
                                run.goal().toString(),
                                "process",
                                run.process(),
                                "since",
                                run.since().getEpochSecond(),
                                "under_way",
                                isUnderWay.test(run.process())));
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

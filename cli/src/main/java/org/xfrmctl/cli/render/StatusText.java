package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.manager.status.ChildStatus;
import org.xfrmctl.manager.status.Silence;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** Status in the manner of {@code swanctl --list-sas}. */
public final class StatusText {
    private StatusText() {}

    /**
     * One block for each child; {@code status} is in the order of {@code desired}.
     *
     * @param routes what is to be changed of them, and whose they are
     */
    public static String print(
            DesiredState desired, List<ChildStatus> status, List<Silence> silences, RoutePlan routes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < status.size(); i++) {
            ChildStatus child = status.get(i);
            append(text, desired.children().get(i), child);
            silences.stream()
                    .filter(silence -> silence.child().equals(child.name()))
                    .forEach(silence -> text.append("  ! " + silence.line() + "\n"));
            routes.of(child.name())
                    .forEach(route -> text.append(
                            "  " + (route.isThere() ? "route " + route.route() : "! missing: route " + route.route())
                                    + "\n"));
            routes.about(Set.of(child.name()))
                    .warnings()
                    .forEach(warning -> text.append("  ! " + warning.text() + "\n"));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, DesiredChild child, ChildStatus status) {
        XfrmState first = child.outbound().get(0);
        text.append(status.name() + ": " + status.condition() + ", reqid " + child.reqid() + ", " + first.mode() + ", "
                + protocols(child)
                + (child.epoch().isPresent() ? ", epoch " + child.epoch().getAsLong() : "") + "\n");
        text.append("  " + first.source() + " - " + first.id().destination() + "\n");
        child.policies(Direction.OUT).stream()
                .map(XfrmPolicy::selector)
                .forEach(selector -> text.append("  " + selector.source() + " === " + selector.destination() + "\n"));
        status.states()
                .forEach(state -> text.append("  "
                        + line(
                                state,
                                child.toHere().anyMatch(inbound -> inbound.id().equals(state.id())))
                        + (isOfAnotherEpoch(child, state) ? " (another epoch)" : "") + "\n"));
        status.implied()
                .forEach(state -> text.append("  "
                        + line(state, state.source().equals(first.id().destination())) + " (made by the kernel)\n"));
        switch (status.condition()) {
            case DOWN ->
                text.append("  ! none of its states and policies is in the kernel; its traffic is not protected\n");
            case TRAPPED ->
                text.append("  ! its policies are in the kernel and no state; what is to be sent is stopped\n");
            case BLOCKED -> text.append("  ! only its block policies are in the kernel; its traffic is stopped\n");
            default -> status.missing().forEach(line -> text.append("  ! " + line + "\n"));
        }
    }

    private static boolean isOfAnotherEpoch(DesiredChild child, XfrmState state) {
        return child.accepted().stream().anyMatch(accepted -> accepted.id().equals(state.id()));
    }

    private static String protocols(DesiredChild child) {
        return child.outbound().stream()
                .map(state -> state.id().protocol().toString())
                .collect(Collectors.joining("+"));
    }

    private static String line(XfrmState state, boolean inbound) {
        return (inbound ? "in  " : "out ") + state.id().protocol() + " "
                + state.id().spi() + ", "
                + Long.toUnsignedString(state.current().bytes()) + " bytes, "
                + Long.toUnsignedString(state.current().packets()) + " packets";
    }
}

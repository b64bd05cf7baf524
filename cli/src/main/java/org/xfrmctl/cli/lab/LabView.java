package org.xfrmctl.cli.lab;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xfrmctl.cli.render.CountersText;
import org.xfrmctl.cli.render.FlowText;
import org.xfrmctl.cli.render.StatusText;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.manager.status.ChildStatus;
import org.xfrmctl.manager.status.CounterRates;
import org.xfrmctl.manager.status.CounterTable;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.netlink.text.PolicyText;
import org.xfrmctl.netlink.text.StateText;
import org.xfrmctl.netlink.text.TextOptions;

/** What a host's kernel holds, as the commands of the same names print it. */
final class LabView {
    private static final TextOptions TEXT =
            TextOptions.brief(ZoneId.systemDefault()).withStatistics(true);

    private final Laboratory laboratory;
    private final LabRunner runner;

    LabView(Laboratory laboratory, LabRunner runner) {
        this.laboratory = laboratory;
        this.runner = runner;
    }

    String text(Step.Show show) {
        return switch (show.view()) {
            case STATE ->
                runner.managed(show.host()).session().tables().listStates().stream()
                        .map(state -> StateText.print(state, TEXT))
                        .collect(Collectors.joining());
            case POLICY ->
                runner.managed(show.host()).session().tables().listPolicies().stream()
                        .map(policy -> PolicyText.print(policy, TEXT))
                        .collect(Collectors.joining());
            case STATUS -> {
                ManagedHost host = runner.managed(show.host());
                yield StatusText.print(
                        host.desired(),
                        ChildStatus.of(host.desired(), host.session().snapshot()),
                        // When an epoch began is another time in each run.
                        List.of(),
                        // A lab shows routes by what they do.
                        RoutePlan.EMPTY);
            }
            case COUNTERS ->
                runner.managed(show.host()).counters().stream()
                        .map(CountersText::print)
                        .collect(Collectors.joining());
            case FLOW ->
                runner.managed(show.host()).childSas().stream()
                        .map(child -> FlowText.print(child, CounterRates.first(CounterTable.of(child))))
                        .collect(Collectors.joining("\n"));
            case STATISTICS -> statistics(laboratory.host(show.host()).statistics());
        };
    }

    /** As {@code /proc/net/xfrm_stat} prints them. */
    private static String statistics(Map<XfrmCounter, Long> statistics) {
        return statistics.entrySet().stream()
                .map(entry -> String.format("%-24s\t%d%n", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }
}

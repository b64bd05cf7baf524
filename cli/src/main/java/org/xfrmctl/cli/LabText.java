package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xfrmctl.cli.lab.LabListener;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.Step;
import org.xfrmctl.cli.lab.StepResult;
import org.xfrmctl.cli.render.Count;
import org.xfrmctl.cli.render.ProbeText;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.host.TransferOutcome;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.model.XfrmCounter;

/** Prints a lab run for a person, step by step. */
final class LabText implements LabListener {
    private final PrintWriter out;
    private Optional<Step> running = Optional.empty();

    LabText(PrintWriter out) {
        this.out = out;
    }

    void start(Scenario scenario, String backend) {
        out.println(scenario.title() + " (" + backend + ")");
        out.flush();
    }

    @Override
    public void started(Step step) {
        running = Optional.of(step);
    }

    /** Says where the run ended; why is told by the exception. */
    void broken() {
        running.ifPresent(step -> out.println("\n-- " + heading(step) + ": failed, the run ends here"));
        out.flush();
    }

    @Override
    public void finished(StepResult result) {
        running = Optional.empty();
        out.println();
        out.println("-- " + heading(result));
        note(result.step()).ifPresent(note -> out.println("   " + note));
        rises(result).forEach((host, rises) -> out.println("   xfrm_stat of " + host + ": " + rises));
        if (result instanceof StepResult.Shown shown) {
            out.print(shown.text());
        }
        if (result instanceof StepResult.Looked looked) {
            looked.done().forEach(line -> out.println("   " + line));
        }
        if (result instanceof StepResult.Probed probed) {
            ProbeText.print(probed.report()).lines().forEach(line -> out.println("   " + line));
        }
        result.failures().forEach(failure -> out.println("   FAILED: " + failure));
        out.flush();
    }

    private static Optional<String> note(Step step) {
        if (step instanceof Step.Ping ping) {
            return ping.note();
        }
        if (step instanceof Step.Echo echo) {
            return echo.note();
        }
        if (step instanceof Step.Probe probe) {
            return probe.note();
        }
        return step instanceof Step.Transfer transfer ? transfer.note() : Optional.empty();
    }

    private static Map<String, Map<XfrmCounter, Long>> rises(StepResult result) {
        if (result instanceof StepResult.Pinged ping) {
            return ping.rises();
        }
        if (result instanceof StepResult.Probed probed) {
            return probed.rises();
        }
        return result instanceof StepResult.Transferred transfer ? transfer.rises() : Map.of();
    }

    private static String heading(StepResult result) {
        String heading = heading(result.step());
        if (result instanceof StepResult.Pinged ping) {
            PingOutcome replies = ping.result();
            return heading + ": "
                    + replies.error().orElse(replies.sent() + " sent, " + replies.received() + " received");
        }
        if (result instanceof StepResult.Transferred transfer) {
            TransferOutcome outcome = transfer.result();
            return heading + ": " + outcome.received() + " arrived"
                    + (outcome.closed() ? "" : ", " + outcome.error().orElse("then nothing more"));
        }
        return result instanceof StepResult.Compared && result.failures().isEmpty()
                ? heading + ": as expected"
                : heading;
    }

    private static String heading(Step step) {
        if (step instanceof Step.Run run) {
            return run.goal() + " " + chosen(run.hosts(), run.children());
        }
        if (step instanceof Step.Look look) {
            return "watch of " + String.join(", ", look.hosts()) + ", one look";
        }
        if (step instanceof Step.Interface made) {
            return "interface " + (made.up() ? "up " : "down ") + chosen(made.hosts(), made.names());
        }
        if (step instanceof Step.Firewall firewall) {
            return "firewall of " + String.join(", ", firewall.hosts());
        }
        if (step instanceof Step.Define define) {
            return "new definition of "
                    + define.definitions().keySet().stream().sorted().collect(Collectors.joining(", "));
        }
        if (step instanceof Step.Rekey rekey) {
            return rekey.phase().map(Goal::toString).orElse("rekey") + " " + String.join(", ", rekey.hosts());
        }
        if (step instanceof Step.Ping ping) {
            PingOptions request = ping.request();
            return "ping from " + ping.from()
                    + request.source().map(source -> " (" + source + ")").orElse("") + " to " + request.destination()
                    + ", " + request.size() + " data bytes"
                    + (request.mark() == 0 ? "" : ", mark " + Integer.toUnsignedString(request.mark()));
        }
        if (step instanceof Step.Echo echo) {
            return "udp from " + echo.from() + " to " + echo.request().destination() + ", "
                    + echo.request().size() + " data bytes";
        }
        if (step instanceof Step.Transfer transfer) {
            return "transfer from " + transfer.from() + " to "
                    + transfer.request().destination() + ", "
                    + transfer.request().bytes() + " bytes";
        }
        if (step instanceof Step.Probe probe) {
            Step.ProbeRequest request = probe.request();
            return probe.from() + "# xfrmctl mtu probe"
                    + request.child().map(child -> " " + child).orElse("")
                    + request.ends().to().map(to -> " --to " + to).orElse("")
                    + request.ends().from().map(from -> " --from " + from).orElse("")
                    + (request.tunnelMtu().isPresent()
                            ? " --tunnel-mtu " + request.tunnelMtu().getAsInt()
                            : "");
        }
        if (step instanceof Step.Show show) {
            return switch (show.view()) {
                case STATE -> show.host() + "# xfrmctl state -s";
                case POLICY -> show.host() + "# xfrmctl policy -s";
                case STATISTICS -> show.host() + "# cat /proc/net/xfrm_stat";
                default -> show.host() + "# xfrmctl " + show.view().name().toLowerCase(Locale.ROOT);
            };
        }
        if (step instanceof Step.Expect expect) {
            return "expect counters of " + expect.host();
        }
        throw new AssertionError(step);
    }

    private static String chosen(List<String> hosts, List<String> children) {
        return String.join(", ", hosts) + (children.isEmpty() ? "" : ": " + String.join(", ", children));
    }

    void end(List<StepResult> results) {
        long failed =
                results.stream().filter(result -> !result.failures().isEmpty()).count();
        out.println();
        out.println(
                failed == 0
                        ? "ok: " + Count.of(results.size(), "step")
                        : "FAILED: " + failed + " of " + Count.of(results.size(), "step"));
        out.flush();
    }
}

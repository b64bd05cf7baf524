package org.xfrmctl.cli.lab;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints a lab run for a person, step by step. */
final class LabText implements LabListener {
    private final PrintWriter out;

    LabText(PrintWriter out) {
        this.out = out;
    }

    void start(Scenario scenario, String backend) {
        out.println(scenario.title() + " (" + backend + ")");
        out.flush();
    }

    @Override
    public void finished(StepResult result) {
        out.println();
        out.println("── " + heading(result));
        if (result instanceof StepResult.Pinged ping) {
            ping.step().note().ifPresent(note -> out.println("   " + note));
            ping.rises().forEach((host, rises) -> out.println("   xfrm_stat of " + host + ": " + rises));
        }
        if (result instanceof StepResult.Shown shown) {
            out.print(shown.text());
        }
        result.failures().forEach(failure -> out.println("   FAILED: " + failure));
        out.flush();
    }

    private static String heading(StepResult result) {
        if (result.step() instanceof Step.Up up) {
            return "up " + String.join(", ", up.hosts());
        }
        if (result.step() instanceof Step.Down down) {
            return "down " + String.join(", ", down.hosts());
        }
        if (result instanceof StepResult.Pinged ping) {
            PingRequest request = ping.step().request();
            return "ping from " + ping.step().from()
                    + request.source().map(source -> " (" + source + ")").orElse("") + " to " + request.destination()
                    + ", " + request.size() + " data bytes: "
                    + ping.result()
                            .error()
                            .orElse(ping.result().sent() + " sent, "
                                    + ping.result().received() + " received");
        }
        if (result.step() instanceof Step.Show show) {
            return switch (show.view()) {
                case STATE -> show.host() + "# xfrmctl state -s";
                case POLICY -> show.host() + "# xfrmctl policy -s";
                case STATISTICS -> show.host() + "# cat /proc/net/xfrm_stat";
                default -> show.host() + "# xfrmctl " + show.view().name().toLowerCase(Locale.ROOT);
            };
        }
        return "expect counters of " + ((Step.Expect) result.step()).host()
                + (result.failures().isEmpty() ? ": as expected" : "");
    }

    void end(List<StepResult> results) {
        long failed =
                results.stream().filter(result -> !result.failures().isEmpty()).count();
        out.println();
        out.println(
                failed == 0
                        ? "ok: " + results.size() + " steps"
                        : "FAILED: " + failed + " of " + results.size() + " steps");
        out.flush();
    }
}

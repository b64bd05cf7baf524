package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;

/** Replay protection that is off, or too small for packets that overtake each other. */
final class ReplayWindows implements Rule {
    private static final int ROOMY = 128;

    @Override
    public Set<String> names() {
        return Set.of("replay-off", "replay-small");
    }

    @Override
    public List<Finding> look(Facts facts) {
        List<Finding> found = new ArrayList<>();
        for (XfrmState state : facts.states()) {
            boolean numbered = state.id().protocol().equals(IpProtocol.ESP)
                    || state.id().protocol().equals(IpProtocol.AH);
            if (numbered && facts.isInbound(state)) {
                if (state.replay().window() == 0) {
                    found.add(off(state));
                } else if (state.statistics().replayWindow() != 0) {
                    found.add(small(state));
                }
            }
        }
        return found;
    }

    private static Finding off(XfrmState state) {
        return new Finding(
                Severity.WARNING,
                "replay-off",
                "recorded packets are taken again: " + state.id() + " has no replay window",
                List.of(IpCommands.line(state) + " replay-window 0"),
                "Without a window whoever records packets can send them again (RFC 4303, section 3.4.3).",
                fixes(state, 32));
    }

    private static Finding small(XfrmState state) {
        int wanted = Math.max(
                ROOMY, Integer.highestOneBit(Math.min(2048, state.replay().window())) * 2);
        return new Finding(
                Severity.WARNING,
                "replay-small",
                Integer.toUnsignedString(state.statistics().replayWindow()) + " packets of " + state.id()
                        + " came too late for its replay window of "
                        + state.replay().window(),
                List.of(
                        IpCommands.line(state) + " replay-window "
                                + state.replay().window(),
                        "stats: replay-window "
                                + Integer.toUnsignedString(state.statistics().replayWindow())),
                "What is overtaken by more packets than the window holds is dropped (RFC 4303, section 3.4.3). Several queues or"
                        + " CPUs, QoS by DSCP, and links in parallel reorder by more than 32 at high rates.",
                fixes(state, wanted));
    }

    private static List<Finding.Fix> fixes(XfrmState state, int window) {
        return List.of(
                IpCommands.isOurs(state)
                        ? Finding.Fix.advice("\"replay_window: " + window + "\" in the child, and \"xfrmctl rekey\".")
                        : Finding.Fix.advice("A state gets its window when it is made: replay_window = " + window
                                + " in swanctl.conf and a new CHILD_SA, or a new state with \"replay-window " + window
                                + "\"."));
    }
}

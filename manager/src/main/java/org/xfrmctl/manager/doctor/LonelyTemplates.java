package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** Outbound policies without their states, and states that no policy leads to. */
final class LonelyTemplates implements Rule {
    @Override
    public Set<String> names() {
        return Set.of("no-policy", "no-state");
    }

    @Override
    public List<Finding> look(Facts facts) {
        List<Finding> found = new ArrayList<>();
        Optional<Boolean> acquires = facts.network().sockets().acquires();
        List<XfrmState> states = facts.states();
        Ties ties = new Ties(states, facts.protecting(Direction.IN, Direction.FWD, Direction.OUT));
        // A keying daemon that listens makes the states when a packet asks for them: that is a trap and no fault.
        if (!acquires.orElse(false)) {
            facts.protecting(Direction.OUT)
                    .forEach(policy -> ties.lonely(policy)
                            .ifPresent(template -> found.add(withoutState(policy, template, acquires.isPresent()))));
        }
        states.stream().filter(state -> !ties.isLedTo(state)).forEach(state -> found.add(withoutPolicy(state)));
        return found;
    }

    private static Finding withoutState(XfrmPolicy policy, Template template, boolean known) {
        return new Finding(
                known ? Severity.ERROR : Severity.WARNING,
                "no-state",
                "what is to be sent to " + policy.selector().destination() + " is dropped: no state for proto "
                        + template.protocol() + " reqid " + template.reqid(),
                List.of(
                        IpCommands.line(policy),
                        known
                                ? "nobody listens to the kernel's requests for states"
                                : "whether a daemon listens to the kernel's requests for states is not known"),
                "Each template of a policy needs a state (RFC 4301, section 5.1). Without, the kernel asks keying daemons for"
                        + " one and refuses the packet; XfrmOutNoStates counts it.",
                List.of(
                        IpCommands.isOurs(policy)
                                ? Finding.Fix.advice("\"xfrmctl up\" puts it back; \"xfrmctl watch\" keeps it there.")
                                : Finding.Fix.advice("Start the keying daemon, or the connection in it.")));
    }

    private static Finding withoutPolicy(XfrmState state) {
        return new Finding(
                Severity.WARNING,
                "no-policy",
                "no policy leads to the state " + state.id() + " of reqid " + state.reqid(),
                List.of(IpCommands.line(state)),
                "Nothing is sent by a state that no policy's template leads to, and what comes out of a tunnel is dropped when no"
                        + " policy lets it in (XfrmInNoPols, XfrmInTmplMismatch).",
                List.of(
                        IpCommands.isOurs(state)
                                ? Finding.Fix.advice(
                                        "\"xfrmctl up\" puts the policies back, \"xfrmctl down\" takes it away.")
                                : IpCommands.delete(state)));
    }
}

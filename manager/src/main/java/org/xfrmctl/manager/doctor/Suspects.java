package org.xfrmctl.manager.doctor;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** The states and policies that a counter is likely about, a few of them: what is there is held against what it counts. */
final class Suspects {
    private static final int MANY_TEMPLATES = 5;
    private static final int FEW = 3;

    private Suspects() {}

    static List<String> of(XfrmCounter counter, Facts facts) {
        return lines(counter, facts).limit(FEW).toList();
    }

    private static Stream<String> lines(XfrmCounter counter, Facts facts) {
        return switch (counter) {
            case IN_STATE_SEQ_ERROR ->
                states(
                        facts,
                        state -> state.statistics().replay() != 0
                                || state.statistics().replayWindow() != 0);
            case IN_STATE_PROTO_ERROR ->
                states(facts, state -> state.statistics().integrityFailed() != 0);
            case IN_STATE_EXPIRED, OUT_STATE_EXPIRED -> states(facts, Suspects::isLimited);
            case IN_STATE_MISMATCH -> inbound(facts, Suspects::isParticular);
            case IN_STATE_MODE_ERROR, IN_BUFFER_ERROR -> inbound(facts, Suspects::isTunnel);
            case IN_STATE_DIR_ERROR -> directed(facts, SaDirection.OUT);
            case OUT_STATE_DIR_ERROR -> directed(facts, SaDirection.IN);
            case IN_IPTFS_ERROR, OUT_NO_QUEUE_SPACE ->
                states(facts, state -> state.mode().equals(Mode.IPTFS));
            case OUT_STATE_SEQ_ERROR -> states(facts, SequenceNumbers::isNearlyOver);
            case OUT_STATE_MODE_ERROR, OUT_BUNDLE_GEN_ERROR, OUT_ERROR ->
                states(facts, state -> isTunnel(state) && !facts.isInbound(state));
            case ACQUIRE_ERROR ->
                facts.tables().states().stream().filter(Suspects::isLarval).map(IpCommands::line);
            case IN_POL_BLOCK -> blocks(facts, Direction.IN, Direction.FWD);
            case OUT_POL_BLOCK -> blocks(facts, Direction.OUT);
            case IN_TMPL_MISMATCH -> policies(facts.protecting(Direction.IN, Direction.FWD), Suspects::isStrict);
            case IN_NO_POLS -> withoutPolicy(facts);
            case OUT_NO_STATES -> withoutState(facts);
            case OUT_POL_ERROR ->
                policies(
                        facts.protecting(Direction.OUT),
                        policy -> policy.templates().size() > MANY_TEMPLATES);
            // Of no object that is there: a packet, memory, an SPI that nobody has, or a moment.
            case IN_ERROR,
                    IN_HDR_ERROR,
                    IN_NO_STATES,
                    IN_STATE_INVALID,
                    IN_POL_ERROR,
                    OUT_BUNDLE_CHECK_ERROR,
                    OUT_STATE_PROTO_ERROR,
                    OUT_POL_DEAD,
                    FWD_HDR_ERROR,
                    OUT_STATE_INVALID -> Stream.empty();
        };
    }

    private static Stream<String> states(Facts facts, Predicate<XfrmState> suspect) {
        return facts.states().stream().filter(suspect).map(IpCommands::line);
    }

    private static Stream<String> inbound(Facts facts, Predicate<XfrmState> suspect) {
        return states(facts, suspect.and(facts::isInbound));
    }

    private static Stream<String> directed(Facts facts, SaDirection direction) {
        return states(
                facts,
                state -> state.options()
                        .placement()
                        .direction()
                        .filter(direction::equals)
                        .isPresent());
    }

    private static Stream<String> policies(Stream<XfrmPolicy> policies, Predicate<XfrmPolicy> suspect) {
        return policies.filter(suspect).map(IpCommands::line);
    }

    private static Stream<String> blocks(Facts facts, Direction... directions) {
        return policies(facts.policies(directions), policy -> policy.action() == PolicyAction.BLOCK);
    }

    private static boolean isLimited(XfrmState state) {
        return !state.limits().equals(LifetimeLimits.UNLIMITED);
    }

    /** Its own selector is for some packets only, or it comes in UDP. */
    private static boolean isParticular(XfrmState state) {
        return state.options().encap().isPresent()
                || state.selector().source().length() != 0
                || state.selector().destination().length() != 0;
    }

    private static boolean isTunnel(XfrmState state) {
        return !state.mode().equals(Mode.TRANSPORT);
    }

    private static boolean isLarval(XfrmState state) {
        return state.id().spi().equals(Spi.NONE);
    }

    /** What insists on compression refuses small packets; else each that insists on something may be meant. */
    private static boolean isStrict(XfrmPolicy policy) {
        boolean compresses = policy.templates().stream()
                .anyMatch(template -> template.protocol().equals(IpProtocol.COMP));
        return policy.templates().stream()
                .anyMatch(template -> !template.level().isOptional()
                        && (!compresses || template.protocol().equals(IpProtocol.COMP)));
    }

    private static Stream<String> withoutPolicy(Facts facts) {
        Ties ties = new Ties(List.of(), facts.protecting(Direction.IN, Direction.FWD));
        return inbound(facts, state -> isTunnel(state) && !ties.isLedTo(state));
    }

    private static Stream<String> withoutState(Facts facts) {
        Ties ties = new Ties(facts.states(), Stream.of());
        return policies(
                facts.protecting(Direction.OUT), policy -> ties.lonely(policy).isPresent());
    }
}

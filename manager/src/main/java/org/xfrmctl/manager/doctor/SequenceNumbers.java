package org.xfrmctl.manager.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmState;

/** States that will soon have no sequence number left. */
final class SequenceNumbers implements Rule {
    private static final double ALL = 0x1p32;
    private static final double MANY = 0.75;
    private static final double NEARLY_ALL = 0.95;

    @Override
    public Set<String> names() {
        return Set.of("sequence-numbers");
    }

    @Override
    public List<Finding> look(Facts facts) {
        return facts.states().stream()
                .filter(SequenceNumbers::isLimited)
                .filter(state -> share(state) >= MANY)
                .map(SequenceNumbers::finding)
                .toList();
    }

    static boolean isNearlyOver(XfrmState state) {
        return isLimited(state) && share(state) >= NEARLY_ALL;
    }

    /** Others have 64 bits, of which the lower ones tell nothing, or begin anew. */
    private static boolean isLimited(XfrmState state) {
        return !state.flags().has(StateFlag.ESN) && !state.flags().has(ExtraFlag.OSEQ_MAY_WRAP);
    }

    private static double share(XfrmState state) {
        return used(state) / ALL;
    }

    private static long used(XfrmState state) {
        return state.replay() instanceof ReplayState.Basic basic
                ? Math.max(Integer.toUnsignedLong(basic.outbound()), Integer.toUnsignedLong(basic.inbound()))
                : state.replay() instanceof ReplayState.Extended extended
                        ? Math.max(extended.outbound() & 0xffff_ffffL, extended.inbound() & 0xffff_ffffL)
                        : 0;
    }

    private static Finding finding(XfrmState state) {
        return new Finding(
                share(state) >= NEARLY_ALL ? Severity.ERROR : Severity.WARNING,
                "sequence-numbers",
                String.format(
                        Locale.ROOT, "%.1f%% of the sequence numbers of %s are used", 100 * share(state), state.id()),
                List.of(
                        IpCommands.line(state),
                        String.format(Locale.ROOT, "anti-replay context: the greater number is 0x%x", used(state))),
                "There are 2^32, and none may be used twice (RFC 4303, section 3.3.3): after the last one nothing is sent any"
                        + " more, and XfrmOutStateSeqError counts it.",
                List.of(
                        IpCommands.isOurs(state)
                                ? Finding.Fix.advice(
                                        "\"xfrmctl rekey\" now; \"rekey_packets\" in the child for the next time.")
                                : Finding.Fix.advice(
                                        "Rekey now: swanctl --rekey --child NAME; extended sequence numbers (esn) for the"
                                                + " next time.")));
    }
}

package org.xfrmctl.manager.status;

import java.math.BigInteger;
import java.util.Optional;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmState;

/**
 * How many sequence numbers a state has used, and how many are left until it passes nothing more (RFC 4303, section 3.3.3): of
 * 2^32, or of 2^64 where they are extended.
 *
 * @param used the number of the last packet
 */
public record SequenceUse(BigInteger used, BigInteger left) {
    /**
     * Of a state of this direction. Empty if it has no numbers, does not look at them (inbound without a replay window) or may
     * begin again with them.
     */
    public static Optional<SequenceUse> of(Direction direction, XfrmState state) {
        boolean out = direction == Direction.OUT;
        IpProtocol protocol = state.id().protocol();
        if (!(protocol.equals(IpProtocol.ESP) || protocol.equals(IpProtocol.AH))
                || (out
                        ? state.flags().has(ExtraFlag.OSEQ_MAY_WRAP)
                        : state.replay().window() == 0)) {
            return Optional.empty();
        }
        boolean extended = state.flags().has(StateFlag.ESN);
        long number = state.replay() instanceof ReplayState.Basic basic
                ? Integer.toUnsignedLong(out ? basic.outbound() : basic.inbound())
                : number((ReplayState.Extended) state.replay(), out, extended);
        BigInteger used = new BigInteger(Long.toUnsignedString(number));
        BigInteger last = BigInteger.ONE.shiftLeft(extended ? 64 : 32).subtract(BigInteger.ONE);
        return Optional.of(new SequenceUse(used, last.subtract(used)));
    }

    private static long number(ReplayState.Extended replay, boolean out, boolean extended) {
        long number = out ? replay.outbound() : replay.inbound();
        return extended ? number : number & 0xffff_ffffL;
    }
}

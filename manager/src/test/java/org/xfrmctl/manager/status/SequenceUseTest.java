package org.xfrmctl.manager.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.XfrmState;

class SequenceUseTest {
    private static final StateFlags ESN = new StateFlags(StateFlag.ESN.bit(), 0);
    private static final StateFlags WRAPS = new StateFlags(0, ExtraFlag.OSEQ_MAY_WRAP.bit());

    private static XfrmState state(IpProtocol protocol, StateFlags flags, ReplayState replay) {
        return XfrmState.builder(
                        new SaId(IpAddress.parse("192.0.2.2"), new Spi(1), protocol), IpAddress.parse("192.0.2.1"))
                .flags(flags)
                .replay(replay)
                .build();
    }

    private static Optional<SequenceUse> use(Direction direction, StateFlags flags, ReplayState replay) {
        return SequenceUse.of(direction, state(IpProtocol.ESP, flags, replay));
    }

    private static Optional<SequenceUse> numbers(String used, String left) {
        return Optional.of(new SequenceUse(new BigInteger(used), new BigInteger(left)));
    }

    @Test
    void eachDirectionHasItsOwn() {
        ReplayState replay = new ReplayState.Basic(32, 7, 0xffff_fffe, 0);

        assertThat(use(Direction.OUT, StateFlags.NONE, replay)).isEqualTo(numbers("7", "4294967288"));
        assertThat(use(Direction.IN, StateFlags.NONE, replay)).isEqualTo(numbers("4294967294", "1"));
    }

    @Test
    void extendedNumbersHave64Bits() {
        ReplayState replay = new ReplayState.Extended(64, 0xffff_ffff_ffff_fff0L, 0x1_0000_0005L, List.of(0, 0));

        assertThat(use(Direction.OUT, ESN, replay)).isEqualTo(numbers("18446744073709551600", "15"));
        assertThat(use(Direction.IN, ESN, replay)).isEqualTo(numbers("4294967301", "18446744069414584314"));
        assertThat(use(Direction.IN, StateFlags.NONE, replay))
                .as("a wide window over 32 bits")
                .isEqualTo(numbers("5", "4294967290"));
    }

    @Test
    void whereNothingEndsNothingIsLeft() {
        ReplayState.Basic none = ReplayState.Basic.NONE;

        assertThat(use(Direction.IN, StateFlags.NONE, none)).as("nobody looks").isEmpty();
        assertThat(use(Direction.OUT, StateFlags.NONE, none)).isEqualTo(numbers("0", "4294967295"));
        assertThat(use(Direction.OUT, WRAPS, none)).isEmpty();
        assertThat(SequenceUse.of(Direction.OUT, state(IpProtocol.COMP, StateFlags.NONE, none)))
                .as("IPComp has no numbers")
                .isEmpty();
        assertThat(SequenceUse.of(Direction.OUT, state(IpProtocol.AH, StateFlags.NONE, none)))
                .isPresent();
    }
}

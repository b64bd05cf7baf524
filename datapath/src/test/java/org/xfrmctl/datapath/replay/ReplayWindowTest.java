package org.xfrmctl.datapath.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.datapath.replay.ReplayWindow.Outcome.DUPLICATE;
import static org.xfrmctl.datapath.replay.ReplayWindow.Outcome.OK;
import static org.xfrmctl.datapath.replay.ReplayWindow.Outcome.TOO_OLD;
import static org.xfrmctl.datapath.replay.ReplayWindow.Outcome.ZERO;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.replay.ReplayWindow.Outcome;
import org.xfrmctl.model.ReplayState;

/** The tables are what a kernel did (fixtures/result-replay-lifetime-esp.txt); the rest is against a slow twin. */
class ReplayWindowTest {

    @Test
    void legacyWindowAsObserved() {
        ReplayWindow window = ReplayWindow.of(new ReplayState.Basic(255, 0, 0, 0), false);
        receive(window, 0, ZERO, 0, 0);
        receive(window, 1, OK, 1, 1);
        receive(window, 1, DUPLICATE, 1, 1);
        receive(window, 5, OK, 5, 17);
        receive(window, 3, OK, 5, 21);
        receive(window, 3, DUPLICATE, 5, 21);
        receive(window, 40, OK, 40, 1);
        receive(window, 9, OK, 40, 0x80000001);
        receive(window, 8, TOO_OLD, 40, 0x80000001);
        receive(window, 41, OK, 41, 3);
        receive(window, 9, TOO_OLD, 41, 3);
        receive(window, 100000, OK, 100000, 1);
        receive(window, -1, OK, -1, 1);
        receive(window, -2, OK, -1, 3);
        receive(window, 5, TOO_OLD, -1, 3);
    }

    @Test
    void windowZeroChecksAndNotesNothing() {
        for (ReplayState state : List.of(ReplayState.Basic.NONE, new ReplayState.Extended(0, 0, 0, List.of()))) {
            ReplayWindow window = ReplayWindow.of(state, false);
            for (int low : new int[] {0, 5, 5, -1}) {
                assertThat(accept(window, low)).isEqualTo(OK);
            }
            assertThat(window.snapshot()).isEqualTo(state);
        }
    }

    @Test
    void bitmapWindowAsObserved() {
        ReplayWindow window = ReplayWindow.of(extended(128, 0), false);
        receive(window, 1, OK, 1, List.of(1, 0, 0, 0));
        receive(window, 2, OK, 2, List.of(3, 0, 0, 0));
        receive(window, 200, OK, 200, List.of(0, 0, 0x80, 0));
        receive(window, 73, OK, 200, List.of(0, 0, 0x180, 0));
        receive(window, 72, TOO_OLD, 200, List.of(0, 0, 0x180, 0));
        receive(window, 200, DUPLICATE, 200, List.of(0, 0, 0x180, 0));
        receive(window, 0, ZERO, 200, List.of(0, 0, 0x180, 0));
    }

    @Test
    void extendedNumbersAsObserved() {
        ReplayWindow window = ReplayWindow.of(extended(128, 0), true);
        receive(window, 0, ZERO, 0, List.of(0, 0, 0, 0));
        receive(window, 1, OK, 1, List.of(1, 0, 0, 0));
        receive(window, 2, OK, 2, List.of(3, 0, 0, 0));
        receive(window, 200, OK, 200, List.of(0, 0, 0x80, 0));
        receive(window, 73, OK, 200, List.of(0, 0, 0x180, 0));
        receive(window, 72, OK, 1L << 32 | 72, List.of(0, 0, 0x80, 0));
        receive(window, 200, OK, 1L << 32 | 200, List.of(0, 0, 0x80, 0));
        receive(window, -1, OK, 1L << 32 | 0xffffffffL, List.of(0, 0, 0, 0x40000000));
        receive(window, 3, OK, 2L << 32 | 3, List.of(4, 0, 0, 0x40000000));
    }

    @ParameterizedTest
    @CsvSource({
        // high and low half of the highest number seen, window, low half received, its high half (RFC 4303, A2.2)
        "5, 1000, 64, 1001, 5",
        "5, 1000, 64, 937, 5",
        "5, 1000, 64, 936, 6",
        "5, 1000, 64, 0, 6",
        "5, 1000, 64, 4294967295, 5",
        "5, 63, 64, 0, 5",
        "5, 62, 64, 4294967295, 4",
        "5, 62, 64, 4294967294, 5",
        "5, 0, 64, 4294967233, 4",
        "5, 0, 64, 4294967232, 5",
        "5, 0, 64, 1, 5",
        "0, 0, 64, 1, 0",
        "4294967295, 1000, 64, 1, 0"
    })
    void infersTheUpperHalf(long high, long low, int window, long received, long expected) {
        ReplayWindow esn = ReplayWindow.of(extended(window, high << 32 | low), true);
        assertThat(esn.expand((int) received)).isEqualTo(expected << 32 | received);
    }

    @Test
    void aWindowMovedDuringDecryptionIsNoticed() {
        ReplayWindow window = ReplayWindow.of(extended(64, 5L << 32 | 1000), true);
        long sequence = window.expand(950);
        assertThat(window.check(sequence, 950)).isEqualTo(OK);
        window.advance(5L << 32 | 2000);
        assertThat(window.check(sequence, 950)).isEqualTo(TOO_OLD);
    }

    @ParameterizedTest
    @CsvSource({
        "LEGACY, 1",
        "LEGACY, 7",
        "LEGACY, 32",
        "BITMAP, 1",
        "BITMAP, 32",
        "BITMAP, 100",
        "BITMAP, 128",
        "BITMAP, 4096",
        "ESN, 1",
        "ESN, 33",
        "ESN, 64",
        "ESN, 100",
        "ESN, 1024"
    })
    void agreesWithASlowTwin(String kind, int size) {
        long seed = 1234567L + size;
        Random random = new Random(seed);
        boolean esn = kind.equals("ESN");
        // Begins shortly before the low half wraps, which 32-bit numbers must not do.
        long number = esn ? (7L << 32) - 500 : 1;
        ReplayState state =
                kind.equals("LEGACY") ? new ReplayState.Basic(size, 0, 0, 0) : extended(size, esn ? number : 0);
        ReplayWindow window = ReplayWindow.of(state, esn);
        long top = esn ? number : 0;
        Set<Long> accepted = new HashSet<>();
        for (int i = 0; i < 20000; i++) {
            number = Math.max(esn ? top - size : 0, top + random.nextInt(2 * size + 6) - size - 2);
            number = random.nextInt(500) == 0 ? top + random.nextInt(3 * size + 3) : number;
            boolean unseenBelow = esn && number <= top - size;
            if (unseenBelow || (esn && i == 0 && number <= top)) {
                continue;
            }
            int low = (int) number;
            String about = "seed " + seed + ", round " + i + ", number " + number + ", top " + top;
            Outcome expected =
                    number == 0 ? ZERO : number <= top - size ? TOO_OLD : accepted.contains(number) ? DUPLICATE : OK;
            assertThat(window.expand(low)).as(about).isEqualTo(number);
            assertThat(window.check(number, low)).as(about).isEqualTo(expected);
            if (expected == OK) {
                window.advance(number);
                accepted.add(number);
                top = Math.max(top, number);
            }
            if (i % 1000 == 0) {
                window = ReplayWindow.of(window.snapshot(), esn);
            }
        }
        assertThat(accepted.size()).isGreaterThan(100);
    }

    @Test
    void outboundNumbersBeginWithOneAndEndWithTheLast() {
        for (ReplayState state :
                List.of(new ReplayState.Basic(0, 0, 0, 0), new ReplayState.Extended(32, 9L << 32, 0, List.of(0)))) {
            ReplayWindow window = ReplayWindow.of(state, false);
            assertThat(window.nextOutbound(false)).isEqualTo(1);
            assertThat(window.nextOutbound(true)).isEqualTo(2);
        }
        for (ReplayState state :
                List.of(new ReplayState.Basic(0, -2, 0, 0), new ReplayState.Extended(32, 0xfffffffeL, 0, List.of(0)))) {
            ReplayWindow window = ReplayWindow.of(state, false);
            assertThat(window.nextOutbound(false)).isEqualTo(0xffffffffL);
            ReplayState last = window.snapshot();
            assertThat(window.nextOutbound(false)).isEqualTo(ReplayWindow.EXHAUSTED);
            assertThat(window.nextOutbound(false)).isEqualTo(ReplayWindow.EXHAUSTED);
            assertThat(window.snapshot()).isEqualTo(last);
            assertThat(window.nextOutbound(true)).isZero();
            assertThat(window.nextOutbound(false)).isEqualTo(1);
        }
    }

    @Test
    void extendedOutboundNumbersCrossTheLowHalf() {
        ReplayWindow window = ReplayWindow.of(new ReplayState.Extended(32, 0xffffffffL, 0, List.of(0)), true);
        assertThat(window.nextOutbound(false)).isEqualTo(1L << 32);
        assertThat(window.snapshot()).isEqualTo(new ReplayState.Extended(32, 1L << 32, 0, List.of(0)));
        ReplayWindow exhausted = ReplayWindow.of(new ReplayState.Extended(32, -3, 0, List.of(0)), true);
        assertThat(exhausted.nextOutbound(true)).isEqualTo(-2);
        assertThat(exhausted.nextOutbound(true)).isEqualTo(ReplayWindow.EXHAUSTED);
        assertThat(exhausted.nextOutbound(true)).isEqualTo(ReplayWindow.EXHAUSTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 33, 128})
    void aMissingBitmapIsZeros(int size) {
        ReplayWindow window = ReplayWindow.of(new ReplayState.Extended(size, 0, 0, List.of()), true);
        assertThat(window.snapshot()).isEqualTo(extended(size, 0));
    }

    @Test
    void extendedNumbersNeedTheirState() {
        assertThatThrownBy(() -> ReplayWindow.of(ReplayState.Basic.NONE, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ReplayState.Extended extended(int size, long inbound) {
        return new ReplayState.Extended(size, 0, inbound, Collections.nCopies((size + 31) / 32, 0));
    }

    private static void receive(ReplayWindow window, int low, Outcome outcome, int top, int bitmap) {
        assertThat(accept(window, low)).as("number %d", low).isEqualTo(outcome);
        assertThat(window.snapshot()).isEqualTo(new ReplayState.Basic(32, 0, top, bitmap));
    }

    private static void receive(ReplayWindow window, int low, Outcome outcome, long top, List<Integer> bitmap) {
        assertThat(accept(window, low)).as("number %d", low).isEqualTo(outcome);
        assertThat(window.snapshot()).isEqualTo(new ReplayState.Extended(128, 0, top, bitmap));
    }

    private static Outcome accept(ReplayWindow window, int low) {
        long sequence = window.expand(low);
        Outcome outcome = window.check(sequence, low);
        if (outcome == OK) {
            window.advance(sequence);
        }
        return outcome;
    }
}

package org.xfrmctl.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xfrmctl.cli.metrics.RunningTotals.Counts;
import org.xfrmctl.cli.metrics.RunningTotals.Flow;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;

/** Keys come and go, what they carried stays. */
class RunningTotalsTest {
    private static final Flow FLOW = new Flow("home", "net", "in", "esp");

    private final RunningTotals totals = new RunningTotals();

    private static XfrmState state(int spi, long addTime, long bytes, int replays) {
        return XfrmState.builder(
                        new SaId(IpAddress.parse("192.0.2.2"), new Spi(spi), IpProtocol.ESP),
                        IpAddress.parse("192.0.2.1"))
                .current(new LifetimeCurrent(bytes, bytes / 10, addTime, 0))
                .statistics(new StateStatistics(0, replays, 0))
                .build();
    }

    private static XfrmState state(int spi, long bytes) {
        return state(spi, 1000, bytes, 0);
    }

    private long bytes(XfrmState... states) {
        return counts(states).bytes();
    }

    private Counts counts(XfrmState... states) {
        return counts(FLOW, states);
    }

    private Counts counts(Flow flow, XfrmState... states) {
        return totals.look(Map.of(flow, List.of(states))).getOrDefault(flow, Counts.NONE);
    }

    @Test
    void whatWasThereBeforeIsNotTold() {
        assertThat(bytes(state(1, 1_000_000))).isZero();
        assertThat(bytes(state(1, 1_000_500))).isEqualTo(500);
    }

    @Test
    void newKeysCountFromTheirFirstPacketAndOldOnesTakeNothingWithThem() {
        bytes(state(1, 3_000_000));
        assertThat(bytes(state(1, 3_000_100), state(2, 2_000_000))).isEqualTo(2_000_100);
        assertThat(bytes(state(2, 2_000_050))).isEqualTo(2_000_150);
        assertThat(bytes()).isEqualTo(2_000_150);
        assertThat(bytes(state(3, 5))).isEqualTo(2_000_155);
    }

    @Test
    void aStateInThePlaceOfAnotherCountsAnew() {
        bytes(state(1, 1000, 900, 0));
        assertThat(bytes(state(1, 2000, 950, 0))).as("added later").isEqualTo(950);
        assertThat(bytes(state(1, 2000, 10, 0))).as("within the same second").isEqualTo(960);
    }

    @Test
    void refusalsCountLikewise() {
        counts(state(1, 1000, 0, 0xffff_ffff));
        assertThat(counts(state(1, 1000, 0, 3)).replay())
                .as("32 bits have wrapped")
                .isEqualTo(3);
        assertThat(counts(state(1, 1000, 0, 5)).refused())
                .containsEntry("replay", 5L)
                .containsEntry("integrity", 0L);
    }

    @Test
    void aFlowThatIsGoneIsForgottenAndItsStatesAreNot() {
        bytes(state(1, 100));
        assertThat(bytes(state(1, 150))).isEqualTo(50);
        Flow other = new Flow("", "192.0.2.1 - 192.0.2.2", "in", "esp");
        assertThat(counts(other, state(1, 175)).bytes())
                .as("not defined any more")
                .isEqualTo(25);
        assertThat(bytes(state(1, 180))).isEqualTo(5);
    }

    @Test
    void theyNeverFallAndLoseNothingThatWasLookedAtLast() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<Integer, XfrmState> present = new HashMap<>();
        long sent = 0;
        long last = 0;
        bytes();
        for (int round = 0; round < 2000; round++) {
            int added = round;
            present.computeIfAbsent(random.nextInt(5), spi -> state(spi, added, 0, 0));
            for (int spi : List.copyOf(present.keySet())) {
                int more = random.nextInt(1_000_000);
                present.computeIfPresent(
                        spi,
                        (each, state) -> state(
                                each, state.current().addTime(), state.current().bytes() + more, 0));
                sent += more;
            }
            long now = bytes(present.values().toArray(XfrmState[]::new));
            assertThat(now)
                    .as("seed " + seed + ", round " + round)
                    .isEqualTo(sent)
                    .isGreaterThanOrEqualTo(last);
            last = now;
            present.keySet().removeIf(each -> random.nextInt(4) == 0);
        }
    }
}

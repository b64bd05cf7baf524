package org.xfrmctl.manager.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.XfrmState;

class CounterRatesTest {
    private static final XfrmState STATE =
            compile(child("a")).children().get(0).outbound().get(0);

    private static CounterTable table(long bytes, long packets, long added) {
        XfrmState counted = STATE.toBuilder()
                .current(new LifetimeCurrent(bytes, packets, added, 0))
                .build();
        return new CounterTable(
                "a",
                List.of(new CounterTable.Row("ESP out", Direction.OUT, IpProtocol.ESP, Optional.of(counted), "")),
                List.of());
    }

    private static Optional<CounterRates.Speed> speed(CounterTable before, CounterTable now, long nanos) {
        return CounterRates.since(before, now, nanos).rows().get(0).speed();
    }

    @Test
    void whatCameIsDividedByTheTime() {
        assertThat(speed(table(1000, 10, 5), table(3000, 15, 5), 500_000_000))
                .contains(new CounterRates.Speed(4000, 10));
    }

    @Test
    void anotherStateInItsPlaceHasNoSpeed() {
        assertThat(speed(table(1000, 10, 5), table(3000, 15, 6), 1)).isEmpty();
        assertThat(speed(table(1000, 10, 5), table(0, 0, 5), 1)).isEmpty();
    }

    @Test
    void theFirstLookHasNone() {
        assertThat(CounterRates.first(table(1, 1, 1)).rows().get(0).speed()).isEmpty();
    }
}

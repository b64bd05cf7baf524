package org.xfrmctl.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.XfrmState;

/** Derived keys go on in time, and with the peer. */
class KeptEpochsTest extends KeptTables {
    @Test
    void aSoftLimitMovesDerivedKeysOn() {
        ChildBuilder derived = child("d")
                .derived("s")
                .limits(new LifetimeLimits(Limit.INFINITE, new Limit(10, 20), new Limit(3600, 7200), Limit.NEVER));
        journal.write(journal.read().aimed(Goal.UP, Set.of(derived.name()), Set.of()));
        assertThat(look(derived).done()).first().isEqualTo("repaired net/d (up)");
        assertThat(epochs.used(derived.build())).isEqualTo(1);
        assertThat(look(derived).done()).isEmpty();

        count(10);
        assertThat(look(derived).done()).first().isEqualTo("rekeyed net/d (up)");
        assertThat(epochs.used(derived.build())).isEqualTo(2);
        count(10);
        assertThat(look(derived).done()).as("nothing came from the peer").isEmpty();
    }

    private void count(long packets) {
        kernel.listStates().stream()
                .filter(state -> state.id().protocol().equals(IpProtocol.ESP)
                        && state.source().toString().equals("192.0.2.1"))
                .forEach(state -> kernel.count(
                        state.id(),
                        new LifetimeCurrent(100, packets, state.current().addTime(), 0)));
    }

    @Test
    void ageMovesDerivedKeysOn() {
        ChildBuilder derived = child("d")
                .derived("s")
                .limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(3600, 7200), Limit.NEVER));
        journal.write(journal.read().aimed(Goal.UP, Set.of(derived.name()), Set.of()));
        look(derived);
        kernel.listStates().forEach(state -> kernel.count(state.id(), new LifetimeCurrent(0, 0, 1000, 0)));

        look(Clock.fixed(Instant.ofEpochSecond(4599), ZoneOffset.UTC), derived);
        assertThat(epochs.used(derived.build())).isEqualTo(1);
        look(Clock.fixed(Instant.ofEpochSecond(4600), ZoneOffset.UTC), derived);
        assertThat(epochs.used(derived.build())).isEqualTo(2);
    }

    @Test
    void whoIsNotHeardIsTold() {
        ChildBuilder derived = child("d").derived("s");
        journal.write(journal.read().aimed(Goal.UP, Set.of(derived.name()), Set.of()));
        look(derived);
        kernel.listStates().stream()
                .filter(state -> state.source().toString().equals("192.0.2.1"))
                .forEach(state -> kernel.count(state.id(), new LifetimeCurrent(100, 1, 1000, 0)));

        assertThat(look(Clock.fixed(Instant.ofEpochSecond(1060), ZoneOffset.UTC), derived)
                        .notes())
                .as("it may be about to answer")
                .isEmpty();
        Clock later = Clock.fixed(Instant.ofEpochSecond(1061), ZoneOffset.UTC);
        assertThat(look(later, derived).notes())
                .singleElement()
                .asString()
                .startsWith(
                        "net/d: nothing has been heard from the peer in epoch 1, which began at 1970-01-01T00:16:40Z");
        Keeper idle = new Keeper(wanted(derived), kernel, later, rests);
        assertThat(idle.isDue(journal.read(), epochs, List.of()))
                .as("no event makes a look for it")
                .isTrue();
        assertThat(idle.isDue(journal.read(), epochs, look(later, derived).notes()))
                .as("once")
                .isFalse();
        XfrmState inbound =
                wanted(derived).outline().children().get(0).inbound().get(0);
        kernel.count(inbound.id(), new LifetimeCurrent(100, 1, 0, 0));
        assertThat(look(later, derived).notes()).isEmpty();
    }

    @Test
    void itFollowsThePeer() {
        ChildBuilder derived = child("d").derived("s");
        journal.write(journal.read().aimed(Goal.UP, Set.of(derived.name()), Set.of()));
        look(derived);
        XfrmState ahead = wanted(derived).outline().children().get(0).accepted().get(0);
        kernel.count(ahead.id(), new LifetimeCurrent(100, 1, 0, 0));

        assertThat(look(derived).done()).first().isEqualTo("rekeyed net/d (up)");
        assertThat(epochs.used(derived.build())).isEqualTo(2);
    }
}

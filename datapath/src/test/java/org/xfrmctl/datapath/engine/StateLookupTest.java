package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;

/** A large SAD answers as quickly as a small one, and as a plain list would, the newest first. */
class StateLookupTest {
    private static final IpAddress HERE = IpAddress.parse("192.168.0.1");
    private static final int LOOKUPS = 1000;

    private final StateTable states = new XfrmNamespace(new HandClock(), new Random(7)).states();

    @Test
    void aHundredThousandStatesCostNoMoreThanTwiceTen() {
        long few = looks(10);
        long many = looks(100_000);
        assertThat(few).isGreaterThanOrEqualTo(LOOKUPS);
        assertThat(many).isLessThanOrEqualTo(2 * few);
    }

    private static long looks(int count) {
        StateTable table = new XfrmNamespace(new HandClock(), new Random(7)).states();
        for (int i = 0; i < count; i++) {
            SaId id = new SaId(HERE, new Spi(0x1000 + i), IpProtocol.ESP);
            table.insert(XfrmState.builder(id, IpAddress.v4(0x0a000000 + i)).build());
        }
        long before = table.looks();
        for (int i = 0; i < LOOKUPS; i++) {
            SaId id = new SaId(HERE, new Spi(0x1000 + i * 7919 % count), IpProtocol.ESP);
            assertThat(table.find(id, 0)).isPresent();
        }
        return table.looks() - before;
    }

    /** Adds and removes at random, and asks; another seed by {@code -Dxfrmctl.seed}. */
    @Test
    void answersAsAPlainList() {
        long seed = Long.getLong("xfrmctl.seed", new Random().nextLong());
        Random random = new Random(seed);
        List<SecurityAssociation> newestFirst = new ArrayList<>();
        for (int round = 0; round < 20_000; round++) {
            SaId id = id(random);
            int mark = random.nextInt(4);
            Optional<SecurityAssociation> expected = newestFirst.stream()
                    .filter(state ->
                            state.id().equals(id) && state.definition().mark().matches(mark))
                    .findFirst();
            assertThat(states.find(id, mark))
                    .as("seed " + seed + ", round " + round)
                    .isEqualTo(expected);
            if (random.nextInt(3) > 0) {
                Mark own = new Mark(random.nextInt(4), random.nextInt(4)).masked();
                states.insert(XfrmState.builder(
                                        id, IpAddress.any(id.destination().family()))
                                .mark(own)
                                .build())
                        .association()
                        .ifPresent(fresh -> newestFirst.add(0, fresh));
            } else if (expected.isPresent()) {
                states.remove(expected.get());
                newestFirst.remove(expected.get());
            }
        }
        assertThat(newestFirst).hasSizeGreaterThan(100);
    }

    private static SaId id(Random random) {
        IpAddress v4 = IpAddress.v4(0x0a000001 + random.nextInt(2));
        IpAddress v6 = IpAddress.parse(random.nextBoolean() ? "fec0::1" : "a00:1::");
        IpProtocol protocol = random.nextBoolean() ? IpProtocol.ESP : IpProtocol.AH;
        return new SaId(random.nextBoolean() ? v4 : v6, new Spi(0x100 + random.nextInt(60)), protocol);
    }
}

package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.engine.SecurityAssociation.Phase;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;

/** Whatever was added and removed, a plain list with the newest in front would find the same. */
class SpiTableTest {
    private final SpiTable table = new SpiTable();
    private final StateTable maker = new XfrmNamespace(new HandClock(), new Random(7)).states();
    private final List<SecurityAssociation> newestFirst = new ArrayList<>();

    /** Few keys with many marks, many keys of few destinations, and nearly as many destinations as states. */
    @ParameterizedTest(name = "{0} destinations, {1} SPIs")
    @CsvSource({"2,3", "3,400", "500,2"})
    void findsWhatAPlainListFinds(int destinations, int spis) {
        long seed = Long.getLong("xfrmctl.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (int round = 0; round < 6000; round++) {
            // It fills up, is emptied, and fills up again with what was given back.
            boolean fills = round / 1500 % 2 == 0;
            if (random.nextInt(4) > (fills ? 0 : 2)) {
                add(random, destinations, spis);
            } else if (!newestFirst.isEmpty()) {
                table.remove(newestFirst.remove(random.nextInt(newestFirst.size())));
            }
            SaId id = id(random, destinations, spis);
            int mark = random.nextInt(4);
            assertThat(find(id, mark)).as("seed %d, round %d", seed, round).isSameAs(expected(id, mark));
        }
        while (!newestFirst.isEmpty()) {
            SecurityAssociation gone = newestFirst.remove(random.nextInt(newestFirst.size()));
            table.remove(gone);
            table.remove(gone);
            assertThat(find(gone.id(), 0)).as("seed %d", seed).isSameAs(expected(gone.id(), 0));
        }
    }

    private void add(Random random, int destinations, int spis) {
        Mark mark = random.nextBoolean() ? Mark.NONE : new Mark(random.nextInt(4), random.nextInt(4)).masked();
        SecurityAssociation fresh = state(id(random, destinations, spis), mark);
        table.add(fresh);
        newestFirst.add(0, fresh);
    }

    private @Nullable SecurityAssociation find(SaId id, int mark) {
        return table.find(id.destination(), id.spi().bits(), id.protocol().number(), mark);
    }

    private @Nullable SecurityAssociation expected(SaId id, int mark) {
        return newestFirst.stream()
                .filter(state ->
                        state.id().equals(id) && state.definition().mark().matches(mark))
                .findFirst()
                .orElse(null);
    }

    private static SaId id(Random random, int destinations, int spis) {
        int host = random.nextInt(destinations);
        // The IPv6 address has the words of an IPv4 one: only the family tells them apart.
        IpAddress v4 = IpAddress.v4(0x0a000000 + host);
        IpAddress v6 = new IpAddress(Family.INET6, 0x0a000000 + host, 0, 0, 0);
        IpProtocol protocol = random.nextInt(3) > 0 ? IpProtocol.ESP : IpProtocol.AH;
        // The highest bit set and clear: an SPI has no sign.
        int spi = 0x100 + random.nextInt(spis) | (random.nextBoolean() ? 0x80000000 : 0);
        return new SaId(random.nextBoolean() ? v4 : v6, new Spi(spi), protocol);
    }

    private SecurityAssociation state(SaId id, Mark mark) {
        return maker.associate(
                XfrmState.builder(id, IpAddress.any(id.destination().family()))
                        .mark(mark)
                        .build(),
                Phase.VALID);
    }

    /** Each removal leaves the table as if the state had never been there: no search gets longer by those that went. */
    @Test
    void whatWentCostsNothing() {
        for (int i = 0; i < 100_000; i++) {
            SecurityAssociation passing = state(
                    new SaId(IpAddress.v4(0x0a000000 + i), new Spi(0x1000 + i * 7919), IpProtocol.ESP), Mark.NONE);
            table.add(passing);
            table.remove(passing);
        }
        SaId id = new SaId(IpAddress.v4(0x0a000001), new Spi(0x1000), IpProtocol.ESP);
        table.add(state(id, Mark.NONE));
        long before = table.looks();
        assertThat(find(id, 0)).isNotNull();
        assertThat(table.looks() - before).isEqualTo(1);
    }
}

package org.xfrmctl.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.route.Leg;
import org.xfrmctl.manager.route.MemoryRoutes;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.DefinitionReader;

/** Routes are mended, and what does not last is not mended without end. */
class RouteKeeperTest {
    private static final String DEFINITION = """
            connections:
              site:
                local_addrs: 192.0.2.1
                remote_addrs: 198.51.100.2
                children:
                  net:
                    local_ts: 10.1.0.0/16
                    remote_ts: 10.2.0.0/16
                    mtu: 1300
                    sas:
                      out: { spi: 0xc1000001, key: a }
                      in: { spi: 0xc1000002, key: b }
            secrets:
              a: { env: A }
              b: { env: B }
            """;

    private static final String ADD = "route add 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300";
    private static final String UNDONE =
            "the routes of children are not as they should be: somebody undoes what was done a moment ago, or its link went down: "
                    + ADD;

    private final MemoryRoutes tables = new MemoryRoutes();
    private final RouteRepairs repairs = new RouteRepairs();
    private Wanted wanted = Wanted.nothing();
    private final Journal journal = Journal.inMemory();
    private Instant now = Instant.EPOCH;

    @TempDir
    private Path directory;

    @BeforeEach
    void bringUp() throws IOException {
        wanted = Wanted.withoutKeys(
                DefinitionReader.read(Files.writeString(directory.resolve("site.yaml"), DEFINITION)));
        journal.write(JournalRecord.EMPTY.aimed(Goal.UP, wanted.outline().names(), Set.of()));
        tables.addDefault(new Leg(Optional.of(IpAddress.parse("192.0.2.254")), "wan", false, Optional.empty()));
    }

    private Keeper.Look look(int secondsLater) {
        now = now.plus(Duration.ofSeconds(secondsLater));
        return new RouteKeeper(Clock.fixed(now, ZoneOffset.UTC), repairs)
                .after(new Keeper.Look(List.of(), List.of()), wanted, journal, tables, () -> true);
    }

    @Test
    void whatHasGoneIsMadeAgainAtEachPoll() {
        assertThat(look(0).done()).contains("  " + ADD);
        for (int i = 0; i < 3; i++) {
            tables.remove(tables.ours().get(0));
            assertThat(look(60).done()).contains("  " + ADD);
            assertThat(look(60).done()).isEmpty();
        }
    }

    /** As somebody does who listens as we do. */
    @Test
    void whatIsUndoneAtOnceIsATroubleAndTriedLessAndLess() {
        tables.isUndone = true;
        assertThat(look(0).done()).contains("  " + ADD);
        Keeper.Look second = look(0);
        assertThat(second.done()).isEmpty();
        assertThat(second.troubles()).containsExactly(UNDONE);
        assertThat(look(4).troubles()).containsExactly(UNDONE);
        assertThat(look(1).done()).contains("  " + ADD);
        assertThat(look(9).troubles()).containsExactly(UNDONE);
        assertThat(look(1).done()).contains("  " + ADD);
        repairs.end();
        assertThat(look(0).done()).contains("  " + ADD);
    }

    @Test
    void whatIsRefusedRestsWithItsReason() {
        tables.refused = request -> request.startsWith("add");
        String refusal = "the routes of children are not as they should be: " + ADD + " was refused: ";
        assertThat(look(0).troubles()).singleElement().asString().startsWith(refusal);
        tables.refused = request -> {
            throw new AssertionError(request + " is too early");
        };
        assertThat(look(1).troubles()).singleElement().asString().startsWith(refusal);
        tables.refused = request -> false;
        assertThat(look(5).done()).contains("  " + ADD);
        assertThat(look(0).troubles()).isEmpty();
    }

    /** For those who share routes with it. */
    @Test
    void whatAChildAsksForIsWrittenDownBeforeItsRouteIsMade() {
        tables.refused = request -> journal.read().routes().isEmpty();
        assertThat(look(0).troubles()).isEmpty();
        assertThat(journal.read().routes().values()).singleElement().hasToString("[10.2.0.0/16 mtu 1300]");
    }

    @Test
    void byADefinitionThatIsNotCurrentNothingIsWrittenDown() {
        new RouteKeeper(Clock.fixed(now, ZoneOffset.UTC), repairs)
                .after(new Keeper.Look(List.of(), List.of()), wanted, journal, tables, () -> false);
        assertThat(journal.read().routes()).isEmpty();
    }

    /** It goes and comes with the way, and nobody undoes anything. */
    @Test
    void aRouteThatIsTakenAwayAndMadeAgainForAReasonDoesNotRest() {
        assertThat(look(0).done()).contains("  " + ADD);
        tables.linkMtu = 1200;
        assertThat(look(0).done()).contains("  " + ADD.replace("add", "delete"));
        tables.linkMtu = 1500;
        assertThat(look(0).done()).contains("  " + ADD);
        assertThat(look(0).troubles()).isEmpty();
    }

    /** The kernel takes them along and says no word of them. */
    @Test
    void whatWentWithItsLinkIsMadeAgainAtOnceHoweverOften() {
        assertThat(look(0).done()).contains("  " + ADD);
        for (int i = 0; i < 5; i++) {
            tables.remove(tables.ours().get(0));
            repairs.linkDown("wan");
            assertThat(look(1).done()).contains("  " + ADD);
        }
        tables.remove(tables.ours().get(0));
        repairs.linkDown("lan");
        assertThat(look(1).troubles()).containsExactly(UNDONE);
    }
}

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
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.journal.UnfinishedRun;
import org.xfrmctl.manager.link.HeldLink;
import org.xfrmctl.manager.link.LinkPlanner;
import org.xfrmctl.manager.link.LinkRun;
import org.xfrmctl.manager.link.MemoryLinks;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.DefinitionReader;

/** Whatever somebody does to the links, what children need of them is there again. */
class InterfaceKeeperTest {
    private static final String DEFINITION = """
            interfaces:
              ipsec0: { type: xfrm, if_id: 42, addresses: 10.9.0.1/30, routes: 10.2.0.0/16 }
              gre1: { type: gre, local: 192.0.2.1, remote: 192.0.2.2, routes: 10.3.0.0/16 }
            connections:
              site:
                local_addrs: 192.0.2.1
                remote_addrs: 192.0.2.2
                children:
                  net:
                    interface: ipsec0
                    local_ts: 0.0.0.0/0
                    remote_ts: 0.0.0.0/0
                    sas:
                      out: { spi: 0xc1000001, key: a }
                      in: { spi: 0xc1000002, key: b }
                  gre:
                    mode: transport
                    local_ts: dynamic[gre]
                    remote_ts: dynamic[gre]
                    sas:
                      out: { spi: 0xc1000003, key: c }
                      in: { spi: 0xc1000004, key: d }
            secrets:
              a: { env: A }
              b: { env: B }
              c: { env: C }
              d: { env: D }
            """;

    private static final Keeper.Look NOTHING = new Keeper.Look(List.of(), List.of());

    @TempDir
    private Path directory;

    private final MemoryLinks links = new MemoryLinks();
    private final Rests rests = new Rests();
    private Instant now = Instant.EPOCH;
    private Wanted wanted = Wanted.nothing();
    private JournalRecord record = JournalRecord.EMPTY;
    private Snapshot kernel = Snapshot.EMPTY;

    @BeforeEach
    void bringUp() throws IOException {
        define(DEFINITION);
        record = record.aimed(Goal.UP, wanted.outline().names(), Set.of());
        kernel = new Snapshot(
                List.of(),
                wanted.outline().children().stream()
                        .map(DesiredChild::policies)
                        .flatMap(List::stream)
                        .collect(Collectors.toList()));
        LinkRun.apply(LinkPlanner.up(wanted.interfaces(), wanted.interfaces(), links.list()), links);
    }

    private InterfaceKeeper keeper() {
        return new InterfaceKeeper(wanted, Clock.fixed(now, ZoneOffset.UTC), rests);
    }

    private Keeper.Look look() {
        return keeper().after(NOTHING, record, links, () -> kernel, () -> true);
    }

    private boolean isAmiss() {
        return keeper().isAmiss(record, links);
    }

    @Test
    void whatIsRightIsLeftAlone() {
        assertThat(isAmiss()).isFalse();
        assertThat(look()).isEqualTo(NOTHING);
    }

    @Test
    void whatHasGoneComesBack() {
        links.remove("ipsec0");
        links.removeRoute("gre1", IpPrefix.parse("10.3.0.0/16"));

        assertThat(isAmiss()).isTrue();
        Keeper.Look look = look();
        assertThat(look.troubles()).isEmpty();
        assertThat(look.done())
                .contains("repaired the interfaces of site/net", "  link add ipsec0 type xfrm if_id 0x2a")
                .contains("repaired the interfaces of site/gre", "  route add 10.3.0.0/16 dev gre1");
        assertThat(isAmiss()).isFalse();
    }

    @Test
    void linksAreListedOnceForAllChildrenAndAgainAfterAChange() {
        int before = links.lists();
        assertThat(look()).isEqualTo(NOTHING);
        assertThat(links.lists() - before).isEqualTo(1);

        links.remove("ipsec0");
        before = links.lists();
        assertThat(look().done()).isNotEmpty();
        assertThat(links.lists() - before).isEqualTo(2);
    }

    @Test
    void aWatchThatKnowsOfSomethingNewerChangesNothing() {
        links.remove("ipsec0");
        links.remove("gre1");

        assertThat(keeper().after(NOTHING, record, links, () -> kernel, () -> false))
                .isEqualTo(NOTHING);
        assertThat(links.list()).isEmpty();
    }

    private void define(String definition) throws IOException {
        wanted = Wanted.withoutKeys(
                DefinitionReader.read(Files.writeString(directory.resolve("site.yaml"), definition)));
    }

    @Test
    void aChildThatIsDownAndPassesMissesNothing() throws IOException {
        define(DEFINITION.replace("interface: ipsec0", "interface: ipsec0\n        on_down: pass"));
        record = record.aimed(Goal.DOWN, wanted.outline().names(), Set.of());
        links.remove("ipsec0");

        assertThat(isAmiss()).isFalse();
        assertThat(look()).isEqualTo(NOTHING);
    }

    /** Packets of such a child would take another route, past its blocks. */
    @ParameterizedTest
    @EnumSource(
            value = Goal.class,
            names = {"UP", "DOWN", "LOCKDOWN"})
    void aChildThatIsBlockedOrUnfinishedMissesItsRoutes(Goal goal) {
        JournalRecord unfinished = JournalRecord.EMPTY.beginning(
                new UnfinishedRun(goal, 4711, now), wanted.outline().names(), Ledger.EMPTY);
        for (JournalRecord each :
                List.of(JournalRecord.EMPTY.aimed(goal, wanted.outline().names(), Set.of()), unfinished)) {
            record = each;
            links.remove("ipsec0");

            assertThat(isAmiss()).isTrue();
            assertThat(look().done()).contains("  link add ipsec0 type xfrm if_id 0x2a");
        }
        record = JournalRecord.EMPTY;
        links.remove("ipsec0");
        assertThat(isAmiss()).as("for which there was no command").isFalse();
    }

    @Test
    void whatSomebodyHasRemovedByACommandIsMissedByNobody() {
        record = record.leaving(List.of("ipsec0"));
        links.remove("ipsec0");
        links.remove("gre1");

        assertThat(look().done()).contains("  link add gre1 type gre local 192.0.2.1 remote 192.0.2.2 ttl 64");
        assertThat(links.list()).extracting(HeldLink::name).containsExactly("gre1");
        assertThat(isAmiss()).isFalse();
        record = record.keeping(List.of("ipsec0"));
        assertThat(isAmiss()).isTrue();
    }

    @Test
    void aTunnelIsNotMadeWhereWhatItSendsWouldBeInClear() {
        links.remove("gre1");
        links.remove("ipsec0");
        kernel = Snapshot.EMPTY;

        Keeper.Look look = look();

        assertThat(look.troubles())
                .containsExactly(
                        "site/gre: interface gre1 is left as it is: there is no policy for what it sends, which would"
                                + " be in clear");
        assertThat(links.list()).extracting(HeldLink::name).containsExactly("ipsec0");
    }

    @Test
    void whatIsRefusedIsOneChildsTroubleAndRests() {
        links.remove("ipsec0");
        links.put(new HeldLink(
                "ipsec0", Optional.empty(), "type dummy", HeldLink.Mark.NONE, true, 1500, List.of(), List.of()));
        links.removeRoute("gre1", IpPrefix.parse("10.3.0.0/16"));

        Keeper.Look look = look();
        assertThat(look.troubles()).hasSize(1);
        assertThat(look.troubles().get(0)).startsWith("site/net: ").contains("ipsec0 (type dummy)");
        assertThat(look.done()).contains("  route add 10.3.0.0/16 dev gre1");
        // Its own events would wake it again.
        assertThat(isAmiss()).isFalse();
        assertThat(look().troubles()).isEqualTo(look.troubles());
        links.remove("ipsec0");
        assertThat(look().done()).isEmpty();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(isAmiss()).isTrue();
        assertThat(look().done()).contains("  link add ipsec0 type xfrm if_id 0x2a");
    }

    @Test
    void aKernelWithoutLinksIsTheChildrensTrouble() {
        Keeper.Look first = new Keeper.Look(List.of("repaired something"), List.of(), List.of("a note"), List.of());

        assertThat(keeper().failed(first, record, "no such kind"))
                .isEqualTo(new Keeper.Look(
                        List.of("repaired something"),
                        List.of("site/net: no such kind", "site/gre: no such kind"),
                        List.of("a note"),
                        List.of()));
    }
}

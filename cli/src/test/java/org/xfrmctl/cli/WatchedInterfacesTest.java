package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.service.ServiceNotice;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.DefinitionReader;
import org.xfrmctl.netlink.uapi.Rtm;

/** What a watch does, and leaves, where the interfaces of its children are not as its definition has them. */
@Timeout(60)
class WatchedInterfacesTest {
    private static final String GRE = InterfaceRunsTest.GRE.replace("on_down: pass", "on_down: block");

    private final Console console = new Console();
    private final RouteKernel links = new RouteKernel();
    private final StringWriter said = new StringWriter();
    private final PrintWriter out = new PrintWriter(said, true);

    @TempDir
    Path directory;

    private String file = "";
    private Duration poll = Duration.ofMillis(5);
    /** How often the definition is still the newest. */
    private int current = Integer.MAX_VALUE;

    @BeforeEach
    void bringUp() {
        console.named("netns-1");
        console.linkedBy(links);
        define(GRE);
        assertThat(run("up").err()).isEmpty();
    }

    private void define(String text) {
        file = Definitions.write(directory, "carol.yaml", text);
    }

    private Console.Result run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--state-dir", directory.resolve("state").toString(), "-f", file));
        return console.run(all.toArray(String[]::new));
    }

    private Wanted wanted() {
        return Wanted.of(
                DefinitionReader.read(Path.of(file)),
                DefinitionOptions.secrets().resolve(DefinitionReader.read(Path.of(file))));
    }

    /** Runs a watch for so many looks; {@code before} is told the number of each, the first being 1. */
    private String watch(int looks, IntConsumer before) {
        JournalOptions journals = new JournalOptions();
        journals.directory = directory.resolve("state");
        Watch watch =
                new Watch(console.kernel(), journals, Duration.ofSeconds(10), poll, ServiceNotice.none(), out, out);
        Wanted wanted = wanted();
        AtomicInteger number = new AtomicInteger();
        try {
            watch.run(new Watch.Definition() {
                @Override
                public Wanted wanted() {
                    before.accept(number.incrementAndGet());
                    if (number.get() == looks) {
                        watch.end();
                    }
                    return wanted;
                }

                @Override
                public boolean isCurrent() {
                    return current-- > 0;
                }
            });
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return said.toString();
    }

    @Test
    void aChangedDefinitionBaresNoTunnelThatIsUp() {
        assertThat(run("trap").err()).isEmpty();
        define(GRE.replace("dynamic[gre]", "dynamic[tcp]"));

        assertThat(watch(1, look -> {}))
                .contains("home/net: nothing was changed: no policy would be left for what gre1 wraps")
                .contains("\"xfrmctl interface down --force gre1\"");
        assertThat(console.run("policy", "list").out()).contains("proto gre");
        assertThat(links.names()).containsExactly("gre1");
    }

    /** {@code interface up} leaves nothing in the journal by which its run could be told. */
    @Test
    void anOldDefinitionIsNotRestored() {
        links.delete("gre1");
        console.run("policy", "flush");
        // The look itself begins all the same.
        current = 1;

        assertThat(watch(2, look -> {})).contains("repaired home/net (up)").doesNotContain("gre1");
        assertThat(links.names()).isEmpty();
    }

    @Test
    void whatIsInTheWayOfAnInterfaceKeepsNoChildFromRepair() {
        define(GRE.replace("type: gre,", "type: gre, ttl: 9,"));
        console.run("policy", "flush");

        assertThat(watch(1, look -> {}))
                .contains("repaired home/net (up)")
                .contains("home/net: ")
                .contains("gre1");
        assertThat(run("status").out()).startsWith("home/net: UP");
    }

    @Test
    void linksThatCannotBeListedAreTheTroubleOfTheirChildren() {
        links.refuseDumps();
        console.run("policy", "flush");

        assertThat(watch(1, look -> {})).contains("repaired home/net (up)").contains("home/net: list");
        assertThat(run("status").out()).startsWith("home/net: UP");
    }

    @Test
    void aWatchThatIsToldNothingOfLinksLooksForThemAtEachPoll() {
        links.refuseListeners();

        assertThat(watch(3, look -> {
                    if (look == 2) {
                        links.delete("gre1");
                    }
                }))
                .startsWith(
                        "warning: the kernel tells no events of links: it looks for interfaces as often as it polls: ")
                .contains("repaired the interfaces of home/net");
        assertThat(links.names()).containsExactly("gre1");
    }

    @Test
    void whatSomebodyRemovesByACommandStaysAway() {
        define(InterfaceRunsTest.GRE);
        assertThat(run("down").status()).isEqualTo(ExitCode.FAILED);
        assertThat(run("interface", "down", "--force", "gre1").err()).isEmpty();
        // The run that repairs the child would make it, too.
        console.run("policy", "flush");

        assertThat(watch(1, look -> {})).contains("repaired home/net (up)").doesNotContain("gre1");
        assertThat(links.names()).isEmpty();
        assertThat(run("down").err()).isEmpty();
        assertThat(links.names()).isEmpty();
    }

    @Test
    void theWayToBlocksComesBack() {
        assertThat(run("down").err()).isEmpty();
        links.delete("gre1");

        assertThat(watch(1, look -> {})).startsWith("repaired the interfaces of home/net");
        assertThat(links.names()).containsExactly("gre1");
    }

    @Test
    void whileThereIsTroubleWhatBecomesOfOtherLinksTakesNoLook() {
        define(GRE.replace("type: gre,", "type: gre, ttl: 9,"));
        AtomicInteger opened = new AtomicInteger();
        console.between(transport -> {
            opened.incrementAndGet();
            return transport;
        });
        poll = Duration.ofHours(1);
        List<Integer> openings = new ArrayList<>();

        assertThat(watch(4, look -> {
                    openings.add(opened.get());
                    links.announce("gre1");
                }))
                .contains("gre1");
        assertThat(openings.subList(1, 4)).containsOnly(openings.get(1));
        assertThat(links.requests(Rtm.NEWLINK)).hasSize(1);
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.Rtmsg;

/** Commands and the interfaces that children use, with links that remember what they are asked for. */
class InterfaceRunsTest {
    static final String GRE = """
            interfaces:
              gre1: { type: gre, local: 192.168.0.100, remote: 192.168.0.1, routes: [10.2.0.0/16, "fd02::/48"] }
            connections:
              home:
                local_addrs: 192.168.0.100
                remote_addrs: 192.168.0.1
                children:
                  net:
                    mode: transport
                    local_ts: dynamic[gre]
                    remote_ts: dynamic[gre]
                    on_down: pass
                    sas:
                      out: { spi: 0xc1000001, key: carol-moon }
                      in:  { spi: 0xc1000002, key: moon-carol }
            secrets:
              carol-moon: { file: carol-moon.key }
              moon-carol: { file: moon-carol.key }
            """;

    private final Console console = new Console();
    private final RouteKernel links = new RouteKernel();

    @TempDir
    Path directory;

    private String file = "";

    @BeforeEach
    void write() {
        console.named("netns-1");
        console.linkedBy(links);
        file = Definitions.write(directory, "carol.yaml", GRE);
    }

    private Console.Result run(String... words) {
        Stream<String> where =
                Stream.of("-f", file, "--state-dir", directory.resolve("state").toString());
        return console.run(Stream.concat(Stream.of(words), where).toArray(String[]::new));
    }

    /** IPv6 takes 1024 for none, and would prefer about any other route; the least of all is for what children need. */
    @Test
    void routesHaveNearlyTheLeastMetricThatThereIs() {
        assertThat(run("interface", "up").err()).isEmpty();

        Map<Integer, Integer> metrics = links.requests(Rtm.NEWROUTE).stream()
                .collect(Collectors.toMap(route -> (int) route.body(Rtmsg.CODEC).family(), InterfaceRunsTest::metric));
        assertThat(metrics).isEqualTo(Map.of(2, 0, 10, 2));
    }

    private static int metric(NetlinkMessage route) {
        return route.attributes(Rtmsg.CODEC.size())
                .find(Rta.PRIORITY)
                .map(Attribute::u32)
                .orElse(0);
    }

    @Test
    void aLinkThatTheKernelRefusesIsToldWithAHint() {
        links.refuse("gre");

        Console.Result result = run("interface", "up");

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).isEqualTo("""
                xfrmctl: add link gre1 type gre local 192.168.0.100 remote 192.168.0.1: EOPNOTSUPP (Operation not supported): the \
                kernel says "Unknown device type"
                  the kernel has no links of type gre, or their module is missing
                  nothing is left behind
                """);
        assertThat(run("up").err())
                .endsWith(
                        "  the states and policies are there all the same, without what was to change of the interfaces\n");
    }

    @Test
    void theLastPolicyOfATunnelThatIsUpIsNotTakenAway() {
        assertThat(run("up").err()).isEmpty();
        String before = console.tables();

        Console.Result result = run("down");

        assertThat(run("plan", "--for", "down"))
                .as("what cannot be done is not planned")
                .isEqualTo(result);
        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .startsWith("xfrmctl: nothing was changed: no policy would be left for what gre1 wraps, and it is up")
                .contains("\"xfrmctl interface down --force gre1\"");
        assertThat(console.tables()).isEqualTo(before);
        assertThat(run("interface", "down", "gre1").err()).contains("packets meet the policies of a child by way of");
        assertThat(run("interface", "down", "--force", "gre1").err()).isEmpty();
        assertThat(run("down").err()).isEmpty();
        assertThat(links.names()).isEmpty();
    }

    @Test
    void norIsItByADefinitionWithoutTheChild() {
        assertThat(run("up").err()).isEmpty();
        String before = console.tables();
        Definitions.write(directory, "carol.yaml", "connections: {}\n");

        assertThat(run("apply").err()).contains("no policy would be left for what gre1 wraps");
        assertThat(console.tables()).isEqualTo(before);
    }

    /** The old policies of the child go at the end of a run for the new ones. */
    @ParameterizedTest
    @ValueSource(strings = {"up", "trap", "apply"})
    void norIsItByADefinitionOfTheChildThatDoesNotCoverItAnyMore(String goal) {
        assertThat(run("up").err()).isEmpty();
        String before = console.tables();
        Definitions.write(
                directory,
                "carol.yaml",
                GRE.replace("dynamic[gre]", "dynamic[tcp]").replace("0xc1", "0xc2"));

        assertThat(run(goal).err()).contains("no policy would be left for what gre1 wraps");
        assertThat(console.tables()).isEqualTo(before);
    }

    /** It ends because the place of its socket is taken. */
    @Test
    void norDoesThatEndAWatchThatBeginsWithUp() {
        assertThat(run("lockdown").err()).isEmpty();
        Definitions.write(directory, "carol.yaml", GRE.replace("dynamic[gre]", "dynamic[tcp]"));

        assertThat(run("watch", "--up", "--control", file).err())
                .contains("no policy would be left for what gre1 wraps")
                .contains(file + ": is there and no socket");
    }

    @Test
    void whatIsRefusedForATunnelHasChangedNoLinkEither() {
        assertThat(run("up").err()).isEmpty();
        Definitions.write(
                directory,
                "carol.yaml",
                GRE.replace("interfaces:", "interfaces:\n  ipsec0: { type: xfrm, if_id: 42 }")
                        .replace("mode: transport", "interface: ipsec0\n        mode: transport")
                        .replace("0xc1", "0xc2"));

        assertThat(run("apply").err()).contains("no policy would be left for what gre1 wraps");
        assertThat(links.requests(Rtm.NEWLINK)).hasSize(1);
    }

    @Test
    void interfacesWaitForARunThatIsUnderWay() {
        JournalOptions journals = new JournalOptions();
        journals.directory = directory.resolve("state");
        try (Journal held = journals.open(console.kernel(), Duration.ZERO)) {
            assertThat(held.read()).isEqualTo(JournalRecord.EMPTY);
            assertThat(run("interface", "up", "--wait", "0").status()).isEqualTo(ExitCode.FAILED);
            assertThat(run("interface", "down", "--wait", "0").status()).isEqualTo(ExitCode.FAILED);
            assertThat(run("interface", "up", "--dry-run").status()).isEqualTo(ExitCode.CHANGES);
        }
        assertThat(links.names()).isEmpty();
        assertThat(run("interface", "up", "--wait", "0").err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "trap", "lockdown", "interface up"})
    void whatWasRemovedStaysAwayUntilSomebodyWantsItAgain(String command) {
        JournalOptions journals = new JournalOptions();
        journals.directory = directory.resolve("state");
        assertThat(run("up").err()).isEmpty();
        PrintWriter warnings = new PrintWriter(Writer.nullWriter());

        assertThat(run("interface", "down", "--force", "gre1", "--dry-run").err())
                .isEmpty();
        assertThat(journals.look(console.kernel(), warnings).unkept()).isEmpty();
        assertThat(run("interface", "down", "--force", "gre1").err()).isEmpty();
        assertThat(journals.look(console.kernel(), warnings).unkept()).containsExactly("gre1");
        assertThat(run(command.split(" ")).err()).isEmpty();
        assertThat(journals.look(console.kernel(), warnings).unkept()).isEmpty();
        assertThat(links.names()).containsExactly("gre1");
    }

    @Test
    void aTunnelWhosePoliciesBecomeBlocksStaysUp() {
        file = Definitions.write(directory, "carol.yaml", GRE.replace("on_down: pass", "on_down: block"));
        assertThat(run("up").err()).isEmpty();

        assertThat(run("down").err()).isEmpty();
        assertThat(links.names()).isEqualTo(List.of("gre1"));
    }
}

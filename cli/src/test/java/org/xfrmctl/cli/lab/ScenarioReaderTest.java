package org.xfrmctl.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.definition.ConfigException;

class ScenarioReaderTest {
    private static final String GOOD = """
            title: two hosts
            links:
              wan: { mtu: 1400 }
            hosts:
              a:
                addresses: { wan: 10.0.0.1/24 }
                routes: { default: 10.0.0.2 }
              b:
                forwarding: true
                addresses: { wan: [10.0.0.2/24, "fec0::2/64"] }
            steps:
              - ping: { from: a, to: 10.0.0.2, size: 100, count: 3, df: yes }
                note: they meet
                expect:
                  received: 2
                  rises: { b: { XfrmInNoPols: 1 }, a: any }
              - statistics: b
            """;

    @TempDir
    Path directory = Path.of("");

    private Scenario read(String text) throws IOException {
        return ScenarioReader.read(Files.writeString(directory.resolve("lab.yaml"), text));
    }

    @Test
    void everyFieldArrives() throws IOException {
        Scenario scenario = read(GOOD);

        assertThat(scenario.title()).isEqualTo("two hosts");
        assertThat(scenario.topology().links()).containsExactly(new LabLinkSpec("wan", 1400));
        assertThat(scenario.topology().hosts())
                .extracting(LabHostSpec::name, LabHostSpec::forwarding)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", false),
                        org.assertj.core.groups.Tuple.tuple("b", true));
        assertThat(scenario.generateKeys()).isFalse();
        assertThat(scenario.steps())
                .containsExactly(
                        new Step.Ping(
                                "a",
                                new PingOptions(IpAddress.parse("10.0.0.2"), 100, 3, Optional.empty(), true, 0),
                                Optional.of("they meet"),
                                Optional.of(2),
                                Map.of(
                                        "b",
                                        new Step.Rise.Exactly(Map.of(counter("XfrmInNoPols"), 1L)),
                                        "a",
                                        new Step.Rise.Any())),
                        new Step.Show("b", Step.View.STATISTICS));
    }

    private static XfrmCounter counter(String name) {
        for (XfrmCounter counter : XfrmCounter.values()) {
            if (counter.toString().equals(name)) {
                return counter;
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void aDirectoryMeansItsLabFile() throws IOException {
        read(GOOD);

        assertThat(ScenarioReader.read(directory).file()).isEqualTo(directory.resolve("lab.yaml"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            title: two       | titel: two         | 1:1   | did you mean "title"
            mtu: 1400        | mtu: 67            | 3:15  | allowed are 68 to 65535
            wan: { mtu       | a/b: { mtu         | 3:3   | cannot name a link
            10.0.0.1/24      | 10.0.0.1/33        | 6:23  | 33 of 10.0.0.1 is not in 0..32
            default: 10.0.0.2 | default: 10.0.0   | 7:24  | 10.0.0
            forwarding: true | forwarding: maybe  | 9:17  | maybe
            forwarding: true | filters: maybe     | 9:14  | allowed are no, yes (ICMP errors of others), all (its own as well)
            from: a          | from: c            | 12:19 | allowed are the hosts a, b
            to: 10.0.0.2     | to: b              | 12:26 | allowed
            size: 100        | size: 70000        | 12:42 | allowed are 0 to 65507
            count: 3         | count: -1          | 12:54 | allowed are 0 to 1000
            XfrmInNoPols     | XfrmInNoPolz       | 16:21 | did you mean "XfrmInNoPols"
            rises: { b       | rises: { c         | 16:16 | unknown host; allowed are a, b
            - statistics: b  | - statistics: c    | 17:17 | allowed are the hosts a, b
            - statistics: b  | - statistic: b     | 17:5  | did you mean "statistics"
            - statistics: b  | - up: [a]          | 17:10 | no host of this lab has a "definition:"
            """)
    void whatIsWrongHasItsPlace(String good, String bad, String place, String text) {
        assertThat(GOOD).contains(good);
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(directory.resolve("lab.yaml") + ":" + place + ": ")
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({"no, NO", "yes, YES", "all, ALL"})
    void aHostFiltersWhatItIsTold(String word, LabHostSpec.Filters filters) throws IOException {
        assertThat(read(GOOD.replace("forwarding: true", "filters: " + word))
                        .topology()
                        .hosts()
                        .get(1)
                        .filters())
                .isEqualTo(filters);
    }

    @ParameterizedTest
    @CsvSource({"links, at least one is needed", "hosts, at least one is needed", "steps, a lab does something"})
    void whatIsMissingIsNamed(String key, String text) {
        assertThatThrownBy(() -> read(GOOD.replaceFirst("(?m)^" + key + ":\n(  .*\n)+", "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"" + key + "\" is missing; " + text);
    }

    @Test
    void allProblemsAreFoundAtOnce() {
        assertThatThrownBy(() -> read(GOOD.replace("mtu: 1400", "mtu: 1").replace("10.0.0.1/24", "10.0.0.1/33")))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.problems()).hasSizeGreaterThanOrEqualTo(2));
    }

    private Scenario withDefinition(String step) throws IOException {
        return read(GOOD.replace("  a:\n", "  a:\n    definition: a.yaml\n").replace("- statistics: b", "- " + step));
    }

    @Test
    void aStepMayNameChildrenAndInterfaces() throws IOException {
        assertThat(withDefinition("up: a").steps()).endsWith(new Step.Run(Goal.UP, List.of("a"), List.of()));
        assertThat(withDefinition("up: { hosts: [a], children: net/one }").steps())
                .endsWith(new Step.Run(Goal.UP, List.of("a"), List.of("net/one")));
        assertThat(withDefinition("down: { hosts: a, children: [net/one, net/two] }")
                        .steps())
                .endsWith(new Step.Run(Goal.DOWN, List.of("a"), List.of("net/one", "net/two")));
        assertThat(withDefinition("interface: { hosts: a, up: ipsec0 }").steps())
                .endsWith(new Step.Interface(List.of("a"), true, List.of("ipsec0")));
        assertThat(withDefinition("interface: { hosts: a, down: [ipsec0, gre1] }")
                        .steps())
                .endsWith(new Step.Interface(List.of("a"), false, List.of("ipsec0", "gre1")));
        assertThat(withDefinition("firewall: a").steps()).endsWith(new Step.Firewall(List.of("a")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            up: { children: net/one }                          | "hosts" is missing; name hosts
            up: { hosts: a, children: net }                    | found "net"; allowed is CONNECTION/CHILD, or a list of them
            up: { hosts: b }                                   | allowed are the hosts a
            interface: { hosts: a }                            | allowed is either "up" or "down", with names of interfaces
            interface: { hosts: a, up: i, down: i }            | allowed is either "up" or "down", with names of interfaces
            interface: { up: i }                               | "hosts" is missing; name hosts
            """)
    void refusesAStep(String step, String text) {
        assertThatThrownBy(() -> withDefinition(step))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(text);
    }
}

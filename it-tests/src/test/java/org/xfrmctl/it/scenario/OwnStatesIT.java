package org.xfrmctl.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.ScenarioReader;
import org.xfrmctl.cli.lab.Step;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DefinitionReader;
import org.xfrmctl.model.definition.SaPair;
import org.xfrmctl.model.definition.TrafficSelector;

/**
 * Children between one pair of gateways, switched one by one: by what is on the wire between them and by the counters, a
 * packet of one never takes the states of another, and what is not to be protected is in clear beside what is.
 */
class OwnStatesIT {
    private static final String WAN = "wan";
    private static final String GATEWAY = "x";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"some-in-clear", "ipcomp-pair"})
    void eachPacketOnTheWireIsOfItsOwnChild(String scenario) {
        KernelRun kernel = KernelRun.get();
        List<String> expected = new Course(scenario).wire();

        assertThat(new HashSet<>(expected)).as("kinds of packets").hasSizeGreaterThanOrEqualTo(4);
        assertThat(seen(kernel.capture(scenario, WAN))).as("on the real kernel").isEqualTo(expected);
        assertThat(seen(UserspaceRun.replaying(scenario, directory, kernel).capture(WAN)))
                .as("on the userspace kernel")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"some-in-clear", "ipcomp-pair"})
    void eachPacketIsCountedByItsOwnChildAlone(String scenario) {
        KernelRun kernel = KernelRun.get();
        Course course = new Course(scenario);

        course.compare(kernel.record(scenario));
        course.compare(UserspaceRun.replaying(scenario, directory, kernel).record());
    }

    private static List<String> seen(Path pcap) {
        return Capture.read(pcap).stream().map(OwnStatesIT::seen).toList();
    }

    private static String seen(PacketBuffer packet) {
        IpHeader header = IpHeader.read(packet).orElseThrow();
        return header.protocol() == IpProtocol.ESP.number()
                ? String.format("esp 0x%08x", packet.i32(header.length()))
                : clear(header.source(), header.destination());
    }

    private static String clear(IpAddress source, IpAddress destination) {
        return "clear " + source + " > " + destination;
    }

    /** What a scenario is to do, by its steps and the definition of one gateway. */
    private static final class Course {
        private final Scenario scenario;
        private final Definition definition;

        Course(String name) {
            this.scenario = ScenarioReader.read(Scenarios.named(name));
            this.definition = DefinitionReader.read(
                    Optional.ofNullable(scenario.definitions().get(GATEWAY)).orElseThrow());
        }

        /** Request and reply of each ping that is answered, as they cross the link. */
        List<String> wire() {
            List<String> wire = new ArrayList<>();
            Set<String> up = new HashSet<>();
            for (Step step : scenario.steps()) {
                follow(step, up);
                if (step instanceof Step.Ping ping && ping.expected() > 0) {
                    wire.addAll(wire(ping, up));
                }
            }
            return wire;
        }

        private static void follow(Step step, Set<String> up) {
            if (step instanceof Step.Run run && run.goal() == Goal.UP) {
                up.addAll(run.children());
            }
            if (step instanceof Step.Run run && run.goal() == Goal.DOWN) {
                up.removeAll(run.children());
            }
        }

        private List<String> wire(Step.Ping ping, Set<String> up) {
            Child child = childOf(ping);
            if (!up.contains(child.name().toString())) {
                IpAddress from = source(ping);
                IpAddress to = ping.request().destination();
                return List.of(clear(from, to), clear(to, from));
            }
            SaPair sas = (SaPair) child.sas();
            String out = "esp " + sas.out().spi();
            String in = "esp " + sas.in().spi();
            return isOutward(child, ping) ? List.of(out, in) : List.of(in, out);
        }

        private IpAddress source(Step.Ping ping) {
            return scenario.topology().hosts().stream()
                    .filter(host -> host.name().equals(ping.from()))
                    .flatMap(host -> host.interfaces().stream())
                    .flatMap(each -> each.addresses().stream())
                    .findFirst()
                    .orElseThrow()
                    .address();
        }

        private Child childOf(Step.Ping ping) {
            return definition
                    .children()
                    .filter(child -> isOutward(child, ping)
                            || (holds(child.traffic().remote(), source(ping))
                                    && holds(
                                            child.traffic().local(),
                                            ping.request().destination())))
                    .findFirst()
                    .orElseThrow();
        }

        private boolean isOutward(Child child, Step.Ping ping) {
            return holds(child.traffic().local(), source(ping))
                    && holds(child.traffic().remote(), ping.request().destination());
        }

        private static boolean holds(List<TrafficSelector> selectors, IpAddress address) {
            return selectors.stream().anyMatch(each -> each.prefix().contains(address));
        }

        void compare(ScenarioRecord record) {
            Set<String> up = new HashSet<>();
            List<Step> steps = scenario.steps();
            assertThat(record.steps()).hasSameSizeAs(steps);
            for (int i = 0; i < steps.size(); i++) {
                follow(steps.get(i), up);
                if (steps.get(i) instanceof Step.Ping ping) {
                    String child = childOf(ping).name().toString();
                    assertThat(risen(record, i))
                            .as("who counts in step " + i + ": " + ping)
                            .isEqualTo(up.contains(child) ? Set.of(child) : Set.of());
                }
            }
        }

        /** The children of which a row has counted during a step, on either gateway. */
        private static Set<String> risen(ScenarioRecord record, int step) {
            Map<String, SortedMap<String, String>> before =
                    step == 0 ? Map.of() : record.steps().get(step - 1).counters();
            Set<String> risen = new TreeSet<>();
            record.steps()
                    .get(step)
                    .counters()
                    .forEach((host, rows) -> rows.forEach((row, count) -> {
                        Optional<String> then =
                                Optional.ofNullable(before.get(host)).map(known -> known.get(row));
                        if (!count.equals(then.orElse("-"))) {
                            risen.add(row.substring(0, row.indexOf(' ')));
                        }
                    }));
            return risen;
        }
    }
}

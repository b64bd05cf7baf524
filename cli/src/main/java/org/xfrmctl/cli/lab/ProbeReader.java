package org.xfrmctl.cli.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.xfrmctl.manager.probe.PathVerdict;
import org.xfrmctl.manager.probe.ProbeEnds;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Keys;
import org.xfrmctl.model.definition.Node;
import org.xfrmctl.model.definition.Problems;
import org.xfrmctl.model.definition.Scalars;
import org.xfrmctl.model.definition.Section;

/** Reads {@code probe}, a step of a lab file, and what is expected of it. */
final class ProbeReader {
    private static final Keys PROBE = Keys.of("from", "to", "source", "child", "tunnel_mtu");
    private static final Keys EXPECT = Keys.of("verdict", "passes", "rises");
    private static final int LARGEST_MTU = 65_535;

    private final List<String> hosts;
    private final List<String> managed;
    private final Problems problems;

    ProbeReader(List<String> hosts, List<String> managed, Problems problems) {
        this.hosts = hosts;
        this.managed = managed;
        this.problems = problems;
    }

    /** {@code step} is what the probe stands in, with what is expected of it. */
    Step.Probe read(Section step, Node node) {
        Section probe = opened(node, PROBE);
        Optional<String> child = probe.optional("child", StepReader::child);
        List<String> able = child.isPresent() ? managed : hosts;
        String from = probe.required("from", "name a host", each -> StepReader.host(each, able))
                .orElseThrow(ProbeReader::reported);
        IpAddress to = probe.required("to", "give an address", Scalars::address).orElseThrow(ProbeReader::reported);
        ProbeEnds ends = new ProbeEnds(probe.optional("source", each -> source(each, to)), Optional.of(to));
        Optional<Integer> tunnel = probe.optional("tunnel_mtu", ProbeReader::mtu);
        Step.ProbeRequest request =
                new Step.ProbeRequest(ends, child, tunnel.map(OptionalInt::of).orElse(OptionalInt.empty()));
        Optional<Section> expect = step.node("expect").map(each -> opened(each, EXPECT));
        return new Step.Probe(
                from,
                request,
                StepReader.note(step),
                expect.flatMap(section -> section.optional("verdict", ProbeReader::verdict)),
                expect.flatMap(section -> section.optional("passes", ProbeReader::mtu)),
                expect.flatMap(section -> section.node("rises"))
                        .map(rises -> RiseReader.read(rises, hosts))
                        .orElse(Map.of()));
    }

    private static IpAddress source(Node node, IpAddress to) {
        IpAddress source = Scalars.address(node);
        if (source.family() != to.family()) {
            throw Scalars.refuse(node, "allowed is an address of the family of " + to);
        }
        return source;
    }

    private static int mtu(Node node) {
        return StepReader.number(node, LARGEST_MTU);
    }

    private static PathVerdict verdict(Node node) {
        String allowed = "allowed are "
                + Arrays.stream(PathVerdict.values()).map(PathVerdict::toString).collect(Collectors.joining(", "));
        String name = Scalars.text(node, allowed);
        return Arrays.stream(PathVerdict.values())
                .filter(verdict -> verdict.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> Scalars.refuse(node, allowed));
    }

    private Section opened(Node node, Keys keys) {
        return Section.open(node, keys, problems).orElseThrow(ProbeReader::reported);
    }

    /** What is missing was already added to the problems; this ends the step. */
    private static ConfigException reported() {
        return new ConfigException(List.of());
    }
}

package org.xfrmctl.manager.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks all rules. */
public final class Doctor {
    private static final List<Rule> RULES = List.of(
            new RisingCounters(),
            new CompressionLevels(),
            new OptionalProtection(),
            new MissingForward(),
            new LonelyTemplates(),
            new DeviceSettings(),
            new FirewallDrops(),
            new EqualPriorities(),
            new ReplayWindows(),
            new SequenceNumbers(),
            new WeakAlgorithms(),
            new ReusedKeys(),
            new PathMtuSettings(),
            new PeerPaths(),
            new EncapsulationPorts(),
            new MixedCompression(),
            new OpenDefault(),
            new NotExamined());

    /** What the finding is called that tells what could not be looked at. */
    public static final String NOT_EXAMINED = "not-examined";

    private Doctor() {}

    /** What findings are called; {@link PathFinding#NAME} is for who probes. */
    public static Set<String> names() {
        return RULES.stream().flatMap(rule -> rule.names().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is wrong, the worst first. */
    public static List<Finding> examine(Facts facts) {
        return RULES.stream()
                .flatMap(rule -> rule.look(facts).stream())
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }
}

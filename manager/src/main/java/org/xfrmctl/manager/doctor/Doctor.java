package org.xfrmctl.manager.doctor;

import java.util.Comparator;
import java.util.List;

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
            new MixedCompression(),
            new OpenDefault());

    private Doctor() {}

    /** What is wrong, the worst first. */
    public static List<Finding> examine(Facts facts) {
        return RULES.stream()
                .flatMap(rule -> rule.look(facts).stream())
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }
}

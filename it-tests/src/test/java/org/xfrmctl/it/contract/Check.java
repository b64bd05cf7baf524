package org.xfrmctl.it.contract;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One thing that is promised.
 *
 * @param name says it
 * @param needs of the kernel; where one is missing the check does not apply
 * @param body fails by an exception or an error
 */
record Check(String name, Set<Need> needs, Body body) {
    /** What is done and compared. */
    @FunctionalInterface
    interface Body {
        void run(KernelUnderTest kernel) throws Exception;
    }

    static Check of(String name, Body body, Need... needs) {
        Set<Need> all = EnumSet.noneOf(Need.class);
        all.addAll(Arrays.asList(needs));
        return new Check(name, all, body);
    }

    /** All there are. */
    static List<Check> all() {
        return Stream.of(
                        StateChecks.all(),
                        PolicyChecks.all(),
                        RefusalChecks.all(),
                        EventChecks.all(),
                        MonitorChecks.all(),
                        TrafficChecks.all(),
                        ProbeChecks.all())
                .flatMap(List::stream)
                .toList();
    }

    boolean appliesTo(KernelUnderTest kernel) {
        return kernel.offers().containsAll(needs);
    }
}

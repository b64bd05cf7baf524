package org.xfrmctl.manager.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** Plans for many children. */
class ManyChildrenTest {
    private static final int MANY = 1000;

    private static ChildBuilder one(int number) {
        return child("c" + number)
                .between("192.0.2.1", "198.18." + number / 250 + "." + (1 + number % 250))
                .traffic("10.1.0.0/16", "10.2." + number / 250 + "." + (1 + number % 250) + "/32")
                .spi(0x1000 + 2 * number)
                .key("key" + number);
    }

    private static DesiredState many(int count, ChildBuilder last) {
        return ChildBuilder.compile(IntStream.range(0, count)
                .mapToObj(number -> number == count - 1 ? last : one(number))
                .toArray(ChildBuilder[]::new));
    }

    private static Snapshot holding(DesiredState desired) {
        List<XfrmState> states = desired.states().toList();
        List<XfrmPolicy> policies = desired.policies().toList();
        return new Snapshot(states, policies);
    }

    private static Plan plan(DesiredState desired, Snapshot snapshot, Ledger ledger) {
        return Planner.plan(Goal.UP, desired, desired.names(), snapshot, ledger);
    }

    @Test
    void whatChangesInOneChildTouchesThatOne() {
        DesiredState before = many(MANY, one(MANY - 1));
        Ledger ledger = Ledger.EMPTY.with(before.children());
        assertThat(plan(before, holding(before), ledger).changes()).isEmpty();

        DesiredState after = many(MANY, one(MANY - 1).priority(7));
        List<Change> changes = plan(after, holding(before), ledger).changes();
        assertThat(changes).hasSize(3).allMatch(Change.UpdatePolicy.class::isInstance);
    }

    /**
     * No copy and no index of everything is made once for each child: the bytes would show it. A search through a list
     * allocates nothing, and so would not be seen here.
     */
    @Test
    void tenTimesAsManyAllocateTenTimesAsMuch() {
        long few = bytesOf(MANY / 10);
        assertThat(bytesOf(MANY)).isLessThan(15 * few);
    }

    private static long bytesOf(int count) {
        DesiredState desired = many(count, one(count - 1));
        Snapshot snapshot = holding(many(count, one(count - 1).priority(7)));
        Ledger ledger = Ledger.EMPTY.with(desired.children());
        // What is made once, for all plans, is not counted.
        assertThat(plan(desired, snapshot, ledger).changes()).hasSize(3);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Plan plan = plan(desired, snapshot, ledger);
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(plan.changes()).hasSize(3);
        return after - before;
    }
}

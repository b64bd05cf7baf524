package org.xfrmctl.manager.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.model.definition.Place;

/** Whatever was defined before and whatever others have added: a plan leads to what is defined, or is refused. */
class LinkPlannerRandomTest {
    private static final int ROUNDS = 2_000;
    /** Several to a network, so that some are secondary. */
    private static final List<String> ADDRESSES =
            List.of("10.9.0.1/30", "10.9.0.2/30", "10.9.1.1/24", "10.9.1.2/24", "fd00::1/64", "fd00::2/64");

    private static final List<String> ROUTES = List.of("10.1.0.0/16", "10.2.0.0/16", "fd01::/48", "fd02::/48");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private List<IpPrefix> some(List<String> texts) {
        return texts.stream()
                .filter(each -> random.nextInt(3) == 0)
                .map(IpPrefix::parse)
                .toList();
    }

    private LogicalInterface defined() {
        return new LogicalInterface(
                "red",
                new Place("", 1, 1, ""),
                new LogicalInterface.Kind.Xfrm(new IfId(1), Optional.empty()),
                random.nextBoolean() ? OptionalInt.of(1300 + random.nextInt(2)) : OptionalInt.empty(),
                some(ADDRESSES),
                some(ROUTES));
    }

    @Test
    void whatIsPlannedIsWhatIsThereAndOthersLoseNothing() {
        int applied = 0;
        for (int round = 0; round < ROUNDS; round++) {
            applied += isApplied("seed " + seed + ", round " + round) ? 1 : 0;
        }
        assertThat(applied).as("seed " + seed).isBetween(ROUNDS / 4, ROUNDS - 1);
    }

    private boolean isApplied(String what) {
        MemoryLinks links = new MemoryLinks();
        LogicalInterface before = defined();
        LinkRun.apply(LinkPlanner.up(List.of(before), List.of(before), List.of()), links);
        List<IpPrefix> foreign = some(ADDRESSES).stream()
                .filter(each -> !before.addresses().contains(each))
                .toList();
        foreign.forEach(each -> links.addAddress("red", new HeldAddress(each, false)));
        LogicalInterface wanted = defined();
        List<LinkChange> changes;
        try {
            changes = LinkPlanner.up(List.of(wanted), List.of(wanted), links.list());
        } catch (PlanConflictException e) {
            return false;
        }
        LinkRun.apply(changes, links);
        HeldLink held = links.list().get(0);
        List<IpPrefix> addresses =
                held.addresses().stream().map(HeldAddress::prefix).toList();
        assertThat(LinkPlanner.up(List.of(wanted), List.of(wanted), links.list()))
                .as(what + ": " + before + " to " + wanted + " with " + foreign)
                .isEmpty();
        assertThat(addresses).as(what).containsAll(wanted.addresses()).containsAll(foreign);
        assertThat(held.routes()).as(what).containsExactlyInAnyOrderElementsOf(wanted.routes());
        assertThat(addresses)
                .as(what)
                .doesNotHaveDuplicates()
                .hasSize(IntStream.of(wanted.addresses().size(), (int) foreign.stream()
                                .filter(each -> !wanted.addresses().contains(each))
                                .count())
                        .sum());
        return true;
    }
}

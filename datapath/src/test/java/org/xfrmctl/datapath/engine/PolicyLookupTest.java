package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;

/** A large SPD answers as quickly as a small one, and as the plain list would that the kernel's rules describe. */
class PolicyLookupTest {
    private static final int LOOKUPS = 1000;

    private final PolicyTable policies = new XfrmNamespace(new HandClock(), new Random(7)).policies();

    /** What a lookup looks at, in a table of {@code most} policies and in one of ten. */
    @ParameterizedTest(name = "sources /{0} and destinations /{1}, {2} kinds of prefixes")
    @CsvSource({"32, 32, 1", "0, 24, 1", "24, 0, 1", "16, 28, 1", "16, 24, 3"})
    void tenThousandPoliciesCostNoMoreThanTwiceTen(int sourceLength, int destinationLength, int kinds) {
        double few = looks(10, sourceLength, destinationLength, kinds);
        double many = looks(10_000, sourceLength, destinationLength, kinds);
        assertThat(few).isPositive();
        assertThat(many).isLessThanOrEqualTo(2 * few);
    }

    private static double looks(int count, int sourceLength, int destinationLength, int kinds) {
        PolicyTable table = new XfrmNamespace(new HandClock(), new Random(7)).policies();
        for (int i = 0; i < count; i++) {
            int shorter = i % kinds;
            table.insert(XfrmPolicy.builder(
                            Selector.between(
                                    new IpPrefix(address(i, sourceLength), Math.max(0, sourceLength - shorter)),
                                    new IpPrefix(
                                            address(i, destinationLength), Math.max(0, destinationLength - shorter))),
                            Direction.OUT)
                    .build());
        }
        long before = table.looks(Direction.OUT);
        for (int i = 0; i < LOOKUPS; i++) {
            int which = i * 7919 % count;
            Flow flow = new Flow(address(which, sourceLength), address(which, destinationLength), 6, i, 443);
            assertThat(table.match(Direction.OUT, FlowKey.of(flow, 0))).isPresent();
        }
        return (table.looks(Direction.OUT) - before) / (double) LOOKUPS;
    }

    /** An address in the {@code number}th prefix of a length that leaves room for so many. */
    private static IpAddress address(int number, int length) {
        return IpAddress.v4(length == 0 ? 0 : number << (32 - length));
    }

    /** Interfaces are told apart before anything is compared. */
    @Test
    void policiesOfOtherInterfacesAreNotLookedAt() {
        for (int i = 1; i <= 10_000; i++) {
            policies.insert(XfrmPolicy.builder(Selector.any(Family.INET), Direction.OUT)
                    .ifId(new IfId(i))
                    .build());
        }
        Flow flow = new Flow(IpAddress.v4(1), IpAddress.v4(2), 6, 1, 2);
        FlowKey key = new FlowKey(flow, 0, 0, new IfId(5000));
        assertThat(policies.match(Direction.OUT, key).orElseThrow().definition().ifId())
                .isEqualTo(key.ifId());
        assertThat(policies.looks(Direction.OUT)).isLessThan(10);
    }

    /** Adds, replaces and removes at random, and asks; another seed by {@code -Dxfrmctl.seed}. */
    @Test
    void answersAsAPlainList() {
        long seed = Long.getLong("xfrmctl.seed", new Random().nextLong());
        Random random = new Random(seed);
        PlainList plain = new PlainList();
        for (int round = 0; round < 20_000; round++) {
            String about = "seed " + seed + ", round " + round;
            XfrmPolicy policy = policy(random);
            Optional<PolicyEntry> present = policies.find(policy.key());
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> plain.put(policies.update(policy), present);
                case 3 ->
                    present.ifPresent(entry -> {
                        policies.remove(entry);
                        plain.remove(entry);
                    });
                case 4 -> {
                    if (random.nextInt(100) == 0) {
                        HashThreshold threshold = new HashThreshold(24 + random.nextInt(9), 24 + random.nextInt(9));
                        policies.threshold(Family.INET, threshold);
                        plain.rebuild(threshold, policies.list());
                    }
                }
                default -> {
                    FlowKey flow = flow(random);
                    PolicyType type = random.nextInt(4) == 0 ? PolicyType.SUB : PolicyType.MAIN;
                    assertThat(policies.match(Direction.OUT, type, flow))
                            .as(about)
                            .isEqualTo(plain.match(flow, type));
                }
            }
        }
    }

    private static XfrmPolicy policy(Random random) {
        return XfrmPolicy.builder(Selector.between(prefix(random), prefix(random)), Direction.OUT)
                .priority(random.nextInt(3) - 1)
                .type(random.nextInt(4) == 0 ? Optional.of(PolicyType.SUB) : Optional.empty())
                .mark(random.nextInt(4) == 0 ? new Mark(1, 1) : Mark.NONE)
                .ifId(new IfId(random.nextInt(2)))
                .build();
    }

    private static IpPrefix prefix(Random random) {
        int[] lengths = {0, 8, 24, 28, 31, 32, 32, 32};
        return new IpPrefix(address(random), lengths[random.nextInt(lengths.length)]);
    }

    private static IpAddress address(Random random) {
        return IpAddress.v4(0x0a000000 + random.nextInt(4));
    }

    private static FlowKey flow(Random random) {
        Flow flow = new Flow(address(random), address(random), 6, 1, 2);
        return new FlowKey(flow, random.nextInt(2), 0, new IfId(random.nextInt(2)));
    }

    /** The rules of {@code xfrm_policy_insert_list()} and {@code xfrm_policy_lookup_bytype()}, one policy after another. */
    private static final class PlainList {
        private final List<PolicyEntry> exact = new ArrayList<>();
        private final List<PolicyEntry> inexact = new ArrayList<>();
        private HashThreshold threshold = new HashThreshold(32, 32);

        void put(PolicyEntry fresh, Optional<PolicyEntry> replaced) {
            List<PolicyEntry> list = list(fresh);
            int place = replaced.filter(old -> priority(old) == priority(fresh))
                    .map(list::indexOf)
                    .orElse(-1);
            replaced.ifPresent(list::remove);
            if (place < 0) {
                place = (int) list.stream()
                        .filter(other -> Integer.compareUnsigned(priority(other), priority(fresh)) <= 0)
                        .count();
            }
            list.add(place, fresh);
        }

        void remove(PolicyEntry policy) {
            list(policy).remove(policy);
        }

        void rebuild(HashThreshold changed, List<PolicyEntry> newestFirst) {
            threshold = changed;
            exact.clear();
            inexact.clear();
            for (int i = newestFirst.size() - 1; i >= 0; i--) {
                put(newestFirst.get(i), Optional.empty());
            }
        }

        Optional<PolicyEntry> match(FlowKey flow, PolicyType type) {
            Optional<PolicyEntry> best = first(exact, flow, type);
            Optional<PolicyEntry> other = first(inexact, flow, type);
            if (best.isEmpty() || other.isEmpty()) {
                return best.or(() -> other);
            }
            boolean isFirst = other.get() == inexact.get(0);
            Comparator<PolicyEntry> byPriority = (a, b) -> Integer.compareUnsigned(priority(a), priority(b));
            int order = byPriority.compare(best.get(), other.get());
            return order < 0 || (order == 0 && !isFirst) ? best : other;
        }

        private static Optional<PolicyEntry> first(List<PolicyEntry> list, FlowKey flow, PolicyType type) {
            return list.stream()
                    .filter(policy -> policy.type() == type
                            && policy.definition().ifId().equals(flow.ifId())
                            && policy.definition().mark().matches(flow.mark())
                            && flow.matches(policy.definition().selector()))
                    .findFirst();
        }

        private List<PolicyEntry> list(PolicyEntry policy) {
            return threshold.covers(policy.definition().selector(), Direction.OUT) ? exact : inexact;
        }

        private static int priority(PolicyEntry policy) {
            return policy.definition().priority();
        }
    }
}

package org.xfrmctl.manager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;

class PolicyOverlapTest {
    @Test
    void findsWhatLookingAtEveryPairFinds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<XfrmPolicy> policies = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            policies.add(policy(random));
        }
        PolicyOverlap overlap = new PolicyOverlap(policies);
        for (XfrmPolicy asked : policies) {
            assertThat(overlap.with(asked))
                    .as("seed %d: %s", seed, asked)
                    .containsExactlyInAnyOrderElementsOf(policies.stream()
                            .filter(other -> PolicyOverlap.overlap(asked, other))
                            .toList())
                    .contains(asked);
        }
    }

    private static XfrmPolicy policy(Random random) {
        boolean v6 = random.nextInt(3) == 0;
        Selector selector = new Selector(
                prefix(random, v6),
                prefix(random, v6),
                random.nextBoolean() ? IpProtocol.ANY : new IpProtocol(6 + 11 * random.nextInt(2)),
                random.nextBoolean() ? PortMatch.ANY : new PortMatch(random.nextInt(4) * 256, 0xff00),
                PortMatch.ANY,
                Selector.Binding.NONE);
        return XfrmPolicy.builder(selector, random.nextBoolean() ? Direction.IN : Direction.OUT)
                .mark(random.nextBoolean() ? Mark.NONE : new Mark(random.nextInt(2), 0xff))
                .ifId(new IfId(random.nextInt(2)))
                .build();
    }

    private static IpPrefix prefix(Random random, boolean v6) {
        int length = random.nextInt(5);
        return v6
                ? new IpPrefix(IpAddress.parse("2001:db8::" + (1 + random.nextInt(4))), 124 + length)
                : new IpPrefix(IpAddress.v4(random.nextInt(8) << 29), length);
    }
}

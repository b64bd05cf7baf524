package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.policy;

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
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmPolicy;

/** Lookup and order in the SPD; the ties were seen on Linux 6.1. */
class PolicyTableTest {
    private static final String HOST = "192.168.0.1/32";

    private final HandClock clock = new HandClock();
    private final PolicyTable policies = new XfrmNamespace(clock, new Random(7)).policies();
    private final FlowKey flow = FlowKey.of(new Flow(ip("192.168.0.100"), ip("192.168.0.1"), 1, 8, 0), 0);

    private static XfrmPolicy.Builder out(String destination) {
        String source = destination.endsWith("/32") ? "192.168.0.100/32" : "192.168.0.0/24";
        return policy(Direction.OUT, source, destination);
    }

    /** What a threshold counts among the exact policies wins ties as they do. */
    @Test
    void aThresholdMakesWiderPoliciesExact() {
        policies.insert(out("10.0.0.0/8").build());
        PolicyEntry wide = policies.insert(policy(Direction.OUT, "192.168.0.0/16", "192.168.0.0/16")
                        .build())
                .policy()
                .orElseThrow();
        PolicyEntry narrow = policies.insert(policy(Direction.OUT, "192.168.0.0/24", "192.168.0.0/25")
                        .build())
                .policy()
                .orElseThrow();
        assertThat(policies.match(Direction.OUT, flow)).contains(wide);
        policies.threshold(Family.INET, new HashThreshold(24, 25));
        assertThat(policies.match(Direction.OUT, flow)).contains(narrow);
        // Outbound the source is the local side.
        policies.threshold(Family.INET, new HashThreshold(25, 24));
        assertThat(policies.match(Direction.OUT, flow)).contains(wide);
        policies.threshold(Family.INET6, new HashThreshold(0, 0));
        assertThat(policies.match(Direction.OUT, flow)).contains(wide);
        policies.threshold(Family.INET, new HashThreshold(17, 17));
        assertThat(policies.match(Direction.OUT, flow)).contains(narrow);
        policies.remove(narrow);
        assertThat(policies.match(Direction.OUT, flow)).contains(wide);
    }

    @Test
    void indexesCountUpInSteps() {
        assertThat(index(out("10.0.0.0/8").build())).isEqualTo(1);
        assertThat(index(policy(Direction.IN, "0.0.0.0/0", "10.0.0.0/8").build()))
                .isEqualTo(8);
        assertThat(policies.insert(out("10.0.0.0/8").priority(3).build()).outcome())
                .isEqualTo(Outcome.EXISTS);
        assertThat(index(out("11.0.0.0/8").build())).isEqualTo(17);
        assertThat(index(out("12.0.0.0/8").index(0x4001).build())).isEqualTo(0x4001);
        assertThat(index(out("13.0.0.0/8").index(17).build())).isEqualTo(25);
    }

    @Test
    void firstIndexOfAllIsEightForInbound() {
        assertThat(index(policy(Direction.IN, "0.0.0.0/0", "10.0.0.0/8").build()))
                .isEqualTo(8);
        assertThat(index(policy(Direction.IN, "0.0.0.0/0", "11.0.0.0/8").build()))
                .isEqualTo(16);
    }

    private int index(XfrmPolicy policy) {
        return policies.insert(policy).policy().orElseThrow().definition().index();
    }

    @Test
    void keyIsTheRawSelectorWithMarkInterfaceAndType() {
        XfrmPolicy first = out("10.0.0.0/16").build();
        policies.insert(first);
        assertThat(policies.insert(out("10.0.0.1/16").build()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(policies.insert(
                                out("10.0.0.0/16").mark(new Mark(0x101, 0xff)).build())
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(policies.insert(out("10.0.0.0/16").mark(new Mark(1, 0xff)).build())
                        .outcome())
                .isEqualTo(Outcome.EXISTS);
        assertThat(policies.insert(out("10.0.0.0/16").ifId(new IfId(1)).build()).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(policies.insert(out("10.0.0.0/16")
                                .type(Optional.of(PolicyType.SUB))
                                .build())
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(policies.flush(PolicyType.MAIN)).isEqualTo(4);
        assertThat(policies.list()).hasSize(1);
    }

    @Test
    void updateKeepsTheIndexAndStartsTheTimesAnew() {
        policies.insert(out("10.0.0.0/16").build());
        policies.insert(out("11.0.0.0/16").build());
        clock.advance(9);
        PolicyEntry updated = policies.update(out("10.0.0.0/16").priority(5).build());
        assertThat(updated.definition().index()).isEqualTo(1);
        assertThat(updated.snapshot().current().addTime()).isEqualTo(clock.millis() / 1000);
        assertThat(policies.list()).first().isSameAs(updated);
        assertThat(policies.find(1, Direction.OUT, PolicyType.MAIN, Mark.NONE, IfId.NONE))
                .containsSame(updated);
        assertThat(policies.find(1, Direction.IN, PolicyType.MAIN, Mark.NONE, IfId.NONE))
                .isEmpty();
        assertThat(policies.count(Direction.OUT)).isEqualTo(2);
    }

    /** Each row: two policies in the order of their insertion, and which one decides. */
    @ParameterizedTest
    @CsvSource({
        "BLOCK, 192.168.0.0/24, ALLOW, 192.168.0.1/32, BLOCK",
        "ALLOW, 192.168.0.1/32, BLOCK, 192.168.0.0/24, BLOCK",
        "BLOCK, 192.168.0.0/24, ALLOW, 192.168.0.0/16, BLOCK",
        "ALLOW, 192.168.0.0/16, BLOCK, 192.168.0.0/24, ALLOW"
    })
    void equalPriorities(
            PolicyAction first, String prefix, PolicyAction second, String otherPrefix, PolicyAction decided) {
        policies.insert(out(prefix).action(first).build());
        policies.insert(out(otherPrefix).action(second).build());
        assertThat(decision()).isEqualTo(decided);
        policies.update(out(prefix).action(first).build());
        assertThat(decision()).isEqualTo(decided);
    }

    @Test
    void exactPolicyWinsUnlessTheOtherIsTheFirstOfAllInexactOnes() {
        policies.insert(out("172.16.0.0/12").build());
        policies.insert(out("192.168.0.0/24").action(PolicyAction.BLOCK).build());
        policies.insert(out(HOST).build());
        assertThat(decision()).isEqualTo(PolicyAction.ALLOW);
    }

    @Test
    void lowerPriorityNumberWinsAsUnsigned() {
        policies.insert(out("192.168.0.0/24").priority(-1).build());
        policies.insert(
                out("192.168.0.0/16").priority(7).action(PolicyAction.BLOCK).build());
        assertThat(decision()).isEqualTo(PolicyAction.BLOCK);
    }

    @Test
    void interfacePolicyNeverMatchesOrdinaryTraffic() {
        policies.insert(out("192.168.0.0/16").ifId(new IfId(3)).build());
        assertThat(policies.match(Direction.OUT, flow)).isEmpty();
    }

    private PolicyAction decision() {
        return policies.match(Direction.OUT, flow).orElseThrow().definition().action();
    }
}

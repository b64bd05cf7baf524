package org.xfrmctl.bench;

import java.time.Clock;
import java.util.Random;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.PolicyTable;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;

/**
 * The policy for a flow, another one each time, among 10,000; the peer finds it among 10. Policies between hosts
 * ({@code length} 32) are exact ones, all others are in order of their prefixes.
 */
public class PolicyLookupBenchmark extends Duel {
    private static final int FEW = 10;
    private static final int MANY = 10_000;
    private static final int HUB = 0x0a000001;
    private static final int TWO_TO_THE_32_BY_PHI = 0x9e3779b1;

    @Param({"24", "32"})
    public int length;

    private PolicyTable few = table(0, 32);
    private PolicyTable many = table(0, 32);
    private int number;

    @Setup(Level.Trial)
    public void prepare() {
        few = table(FEW, length);
        many = table(MANY, length);
    }

    private static PolicyTable table(int count, int length) {
        PolicyTable policies = new XfrmNamespace(Clock.systemUTC(), new Random(1)).policies();
        for (int i = 0; i < count; i++) {
            IpPrefix destination = new IpPrefix(IpAddress.v4(i << 8), length);
            IpPrefix source = new IpPrefix(IpAddress.v4(HUB), length);
            policies.insert(XfrmPolicy.builder(Selector.between(source, destination), Direction.OUT)
                    .build());
        }
        return policies;
    }

    @Override
    long ours() {
        return find(many, MANY);
    }

    @Override
    long peer() {
        return find(few, FEW);
    }

    private int find(PolicyTable table, int count) {
        number += TWO_TO_THE_32_BY_PHI;
        int which = (int) (((number & 0xffffffffL) * count) >>> 32);
        Flow flow = new Flow(IpAddress.v4(HUB), IpAddress.v4(which << 8), Samples.TCP, 1, 2);
        return table.match(Direction.OUT, FlowKey.of(flow, 0)).isPresent() ? 1 : 0;
    }
}

package org.xfrmctl.bench;

import java.time.Clock;
import java.util.Random;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;
import org.xfrmctl.datapath.engine.PolicyEntry;
import org.xfrmctl.datapath.engine.PolicyTable;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * A policy added to the userspace kernel and deleted again, over netlink. The peer does the same to a policy table
 * directly: the difference is what requests, checks and answers cost.
 */
public class KernelBenchmark extends Duel {
    private final XfrmPolicy policy = Samples.policy();
    private final XfrmClient client = new XfrmClient(new UserspaceKernel(namespace()).open());
    private final XfrmNamespace direct = namespace();

    @TearDown(Level.Trial)
    public void close() {
        client.close();
    }

    @Override
    long ours() {
        client.addPolicy(policy);
        client.deletePolicy(policy.key());
        return 0;
    }

    @Override
    long peer() {
        direct.lock().lock();
        try {
            PolicyTable table = direct.policies();
            table.insert(policy);
            PolicyEntry entry = table.find(policy.key()).orElseThrow();
            return table.remove(entry).ordinal();
        } finally {
            direct.lock().unlock();
        }
    }

    private static XfrmNamespace namespace() {
        return new XfrmNamespace(Clock.systemUTC(), new Random(1));
    }
}

package org.xfrmctl.bench;

import java.time.Clock;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.xfrmctl.datapath.engine.Outcome;
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
@State(Scope.Thread)
public class KernelBenchmark {
    private final XfrmPolicy policy = Samples.policy();
    private final XfrmClient client = new XfrmClient(new UserspaceKernel(namespace()).open());
    private final XfrmNamespace direct = namespace();

    @TearDown(Level.Trial)
    public void close() {
        client.close();
    }

    @Benchmark
    public void addAndDelete() {
        client.addPolicy(policy);
        client.deletePolicy(policy.key());
    }

    @Benchmark
    public Outcome addAndDeletePeer() {
        direct.lock().lock();
        try {
            PolicyTable table = direct.policies();
            table.insert(policy);
            PolicyEntry entry = table.find(policy.key()).orElseThrow();
            return table.remove(entry);
        } finally {
            direct.lock().unlock();
        }
    }

    private static XfrmNamespace namespace() {
        return new XfrmNamespace(Clock.systemUTC(), new Random(1));
    }
}

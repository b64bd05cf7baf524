package org.xfrmctl.it.contract;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.netlink.NetlinkTransport;

/** A userspace kernel, new for each check. */
final class UserspaceUnderTest implements KernelUnderTest {
    private final UserspaceKernel kernel = new UserspaceKernel(new XfrmNamespace(Clock.systemUTC(), new Random(1)));

    @Override
    public Set<Need> offers() {
        return EnumSet.of(Need.TRANSFORMS);
    }

    @Override
    public KernelConfig config() {
        throw new UnsupportedOperationException("the userspace kernel is not configured");
    }

    @Override
    public NetlinkTransport open() {
        return kernel.open();
    }

    @Override
    public NetlinkTransport open(int queueSize) {
        return kernel.open(queueSize);
    }
}

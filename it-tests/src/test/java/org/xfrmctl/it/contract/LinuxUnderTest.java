package org.xfrmctl.it.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.probe.CapabilityProbe;
import org.xfrmctl.netlink.probe.Support;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** The kernel that this process runs on, in its network namespace, which must be the test's own. */
final class LinuxUnderTest implements KernelUnderTest {
    private final MessageTypes seen;
    private final Set<Need> offers;
    private final Optional<KernelConfig> config;

    /**
     * Takes what the process runs on.
     *
     * @param seen notes what is sent and received
     * @param config the configuration of this kernel, if there is such a file
     */
    LinuxUnderTest(MessageTypes seen, Path config) throws IOException {
        this.seen = seen;
        this.config = Files.isReadable(config) ? Optional.of(KernelConfig.read(config)) : Optional.empty();
        this.offers = probe();
    }

    private Set<Need> probe() {
        Set<Need> found = EnumSet.of(Need.LINUX);
        config.ifPresent(known -> found.add(Need.CONFIG));
        try (XfrmClient client = client()) {
            if (client.rehearseState(Samples.esp(0x1001).build()).isEmpty()) {
                found.add(Need.TRANSFORMS);
            }
            boolean direction = new CapabilityProbe(client).knows(Xfrma.SA_DIR) == Support.YES;
            if (direction && found.contains(Need.TRANSFORMS)) {
                found.add(Need.DIRECTION);
            }
        }
        try (RouteClient client = new RouteClient(AfNetlinkSocket.open(NetlinkProtocol.ROUTE))) {
            if (CapabilityProbe.xfrmInterfaces(client) == Support.YES) {
                found.add(Need.XFRM_INTERFACES);
            }
        }
        return found;
    }

    /** Empties the tables. */
    void clear() {
        try (XfrmClient client = client()) {
            client.flushStates(IpProtocol.ANY);
            client.flushPolicies(PolicyType.MAIN);
            client.flushPolicies(PolicyType.SUB);
        }
    }

    @Override
    public Set<Need> offers() {
        return offers;
    }

    @Override
    public KernelConfig config() {
        return config.orElseThrow();
    }

    @Override
    public NetlinkTransport open() {
        return open(AfNetlinkSocket.QUEUE_SIZE);
    }

    @Override
    public NetlinkTransport open(int queueSize) {
        return seen.noting(AfNetlinkSocket.open(NetlinkProtocol.XFRM, queueSize));
    }
}

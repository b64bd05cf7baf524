package org.xfrmctl.it.interop;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.xfrmctl.datapath.device.DeviceLoop;
import org.xfrmctl.datapath.device.EthernetDevice;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.host.NetworkInterface;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.sys.EthernetInterface;
import org.xfrmctl.netlink.sys.NetworkNamespace;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** A host in this process that holds the far end of the veth by a packet socket. */
final class UserspaceEnd implements AutoCloseable {
    private final Network network = new Network();
    private final Host host;
    private final XfrmClient client;
    private final DeviceLoop loop;

    private UserspaceEnd(Random random) {
        EthernetInterface far =
                NetworkNamespace.named(RealEnd.NAMESPACE).call(() -> EthernetInterface.open(RealEnd.INTERFACE));
        host = new Host("far", network, Clock.systemUTC(), random, Identifiers.random(random));
        Link link = network.link("veth", far.mtu());
        NetworkInterface port = host.attach("veth", link, Ends.of(2));
        host.encapsulate(4500, Encap.ESPINUDP);
        EthernetDevice device = new EthernetDevice(
                far.address(),
                Ends.of(2).stream().map(IpPrefix::address).toList(),
                far.channel()::send,
                packet -> network.deliver(port, packet),
                UserspaceEnd::millis);
        link.attach(device);
        loop = new DeviceLoop(
                network,
                List.of(new DeviceLoop.Member(device, far.channel())),
                UserspaceEnd::millis,
                System.err::println);
        client = new XfrmClient(new UserspaceKernel(host.namespace()).open());
        Around.policies().forEach(client::addPolicy);
    }

    static UserspaceEnd build(Random random) {
        return new UserspaceEnd(random);
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    XfrmClient client() {
        return client;
    }

    /**
     * Delivers packets; false when there was time enough. Returns often: what Linux hands on by a thread of its own, as it
     * does after transport mode, comes to its sockets with no packet here that would tell.
     */
    BooleanSupplier patience(long limit) {
        long end = millis() + limit;
        return () -> {
            boolean more = millis() < end;
            if (more) {
                loop.turn(1);
            }
            return more;
        };
    }

    PingOutcome ping(IpAddress from, IpAddress to, int size, long limit) {
        PingOptions options = new PingOptions(to, size, 1, Optional.of(from), false, 0);
        return host.ping(options, loop.patience(limit));
    }

    Map<String, Long> statistics() {
        return host.namespace().statistics().snapshot().entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
    }

    @Override
    public void close() {
        client.close();
        loop.close();
    }
}

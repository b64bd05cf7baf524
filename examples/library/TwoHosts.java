import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.xfrmctl.datapath.host.*;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.datapath.link.*;
import org.xfrmctl.model.*;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Two hosts in this process with ESP between them: a ping goes there and back, and the states have counted it. */
public final class TwoHosts {
    public static void main(String[] args) {
        var network = new Network();
        var wire = network.link("wire", 1500);
        wire.tap(packet -> System.out.println(packet.length + " bytes of IP protocol " + packet[9]));
        var one = host("192.0.2.1", network, wire);
        var two = host("192.0.2.2", network, wire);
        protect(one, two, 0x1001);
        protect(two, one, 0x1002);
        System.out.println(one.ping(PingOptions.of(IpAddress.parse("192.0.2.2"), 56)));
        try (var client = client(two)) {
            client.listStates().forEach(state -> System.out.println(state + ": " + state.current().packets()));
        }
    }

    private static Host host(String address, Network network, Link wire) {
        var random = new Random(1); // not for keys: for IP identifiers and the like
        var host = new Host(address, network, Clock.systemUTC(), random, Identifiers.random(random));
        host.attach("eth0", wire, List.of(IpPrefix.parse(address + "/24")));
        return host;
    }

    /** Tells both what Linux would be told, over netlink: one state, and policies that want it. */
    private static void protect(Host from, Host to, int spi) {
        var source = IpAddress.parse(from.name());
        var target = IpAddress.parse(to.name());
        var cipher = new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(new byte[20]), 128); // a key of zeros: for show only
        var id = new SaId(target, new Spi(spi), IpProtocol.ESP);
        var flow = Selector.between(IpPrefix.host(source), IpPrefix.host(target));
        var esp = Template.transport(Family.INET, IpProtocol.ESP, Reqid.NONE, Level.REQUIRED);
        for (var host : List.of(from, to)) {
            var direction = host == from ? Direction.OUT : Direction.IN;
            try (var client = client(host)) {
                client.addState(XfrmState.builder(id, source).algorithms(List.of(cipher)).build());
                client.addPolicy(XfrmPolicy.builder(flow, direction).templates(List.of(esp)).build());
            }
        }
    }

    private static XfrmClient client(Host host) {
        return new XfrmClient(new UserspaceKernel(host.namespace()).open());
    }
}

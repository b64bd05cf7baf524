package org.xfrmctl.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.it.guest.GuestCommand;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.route.LinkAddress;
import org.xfrmctl.netlink.route.NewLink;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.sys.NetworkNamespace;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** What a kernel tells when packets move, and what only a kernel may say. */
final class TrafficChecks {
    private static final IpAddress NEAR = IpAddress.parse("10.9.0.1");
    private static final IpAddress FAR = IpAddress.parse("10.9.0.2");
    private static final String NEIGHBOUR = "xfrmctl-far";

    private TrafficChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("a packet without a state is told of", TrafficChecks::acquire, Need.LINUX),
                Check.of(
                        "a packet of an xfrm interface is told of with its if_id",
                        TrafficChecks::interfaceAcquire,
                        Need.XFRM_INTERFACES),
                Check.of("a peer's new port is told of", TrafficChecks::mapping, Need.LINUX, Need.TRANSFORMS),
                Check.of("events of other namespaces come with their id", TrafficChecks::otherNamespace, Need.LINUX),
                Check.of("what only a kernel may say is refused", TrafficChecks::kernelsOwn));
    }

    private static Selector between(IpAddress source, IpAddress destination) {
        return Selector.between(IpPrefix.host(source), IpPrefix.host(destination));
    }

    private static void acquire(KernelUnderTest kernel) throws IOException, InterruptedException {
        GuestCommand.run("ip link add near type veth peer name far");
        try (NetlinkTransport listener = EventChecks.listener(kernel);
                XfrmClient client = kernel.client();
                DatagramSocket socket = new DatagramSocket()) {
            GuestCommand.run("ip addr add 10.9.0.1/24 dev near");
            GuestCommand.run("ip link set near up");
            GuestCommand.run("ip link set far up");
            XfrmPolicy policy = XfrmPolicy.builder(between(NEAR, FAR), Direction.OUT)
                    .templates(List.of(Template.tunnel(NEAR, FAR, IpProtocol.ESP, new Reqid(7), Level.REQUIRED)))
                    .build();
            client.addPolicy(policy);
            send(socket);
            XfrmEvent.Acquired acquired = acquired(listener);
            assertThat(acquired.policy().key()).isEqualTo(policy.key());
            assertThat(acquired.policy().templates()).isEqualTo(policy.templates());
            assertThat(acquired.packet().destinationPort().port()).isEqualTo(5555);
            assertThat(acquired.id()).isEqualTo(new SaId(FAR, Spi.NONE, IpProtocol.ESP));
            assertThat(client.listStates()).extracting(XfrmState::seq).containsExactly(acquired.sequence());
        } finally {
            GuestCommand.run("ip link del near");
        }
    }

    private static void send(DatagramSocket socket) throws IOException {
        socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getByAddress(FAR.toBytes()), 5555));
    }

    private static XfrmEvent.Acquired acquired(NetlinkTransport listener) {
        return EventChecks.heard(listener).stream()
                .filter(XfrmEvent.Acquired.class::isInstance)
                .map(XfrmEvent.Acquired.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void interfaceAcquire(KernelUnderTest kernel) throws IOException {
        IfId ifId = new IfId(42);
        try (NetlinkTransport listener = EventChecks.listener(kernel);
                XfrmClient client = kernel.client();
                RouteClient links = new RouteClient(AfNetlinkSocket.open(NetlinkProtocol.ROUTE));
                DatagramSocket socket = new DatagramSocket()) {
            links.setUp(links.findLink("lo").orElseThrow().index());
            links.addLink(new NewLink.Xfrm("ipsec0", ifId, OptionalInt.empty()));
            int index = links.findLink("ipsec0").orElseThrow().index();
            links.addAddress(LinkAddress.of(index, new IpPrefix(NEAR, 24)));
            links.setUp(index);
            XfrmPolicy policy = XfrmPolicy.builder(between(NEAR, FAR), Direction.OUT)
                    .ifId(ifId)
                    .templates(List.of(Template.tunnel(NEAR, FAR, IpProtocol.ESP, new Reqid(7), Level.REQUIRED)))
                    .build();
            client.addPolicy(policy);
            send(socket);
            assertThat(acquired(listener).policy().key()).isEqualTo(policy.key());
            links.deleteLink(index);
        }
    }

    private static XfrmState udpState(int peerPort, int ourPort) {
        Encap encap = new Encap(Encap.ESPINUDP, peerPort, ourPort, IpAddress.ANY_V4);
        return XfrmState.builder(new SaId(NEAR, new Spi(0x5001), IpProtocol.ESP), FAR)
                .mode(Mode.TRANSPORT)
                .reqid(new Reqid(7))
                .algorithms(Samples.esp(1).build().algorithms())
                .options(StateOptions.NONE.withNatTraversal(NatTraversal.of(encap)))
                .build();
    }

    /** The far side sends from port 4501, where the near one expects 4500. */
    private static void mapping(KernelUnderTest kernel) throws IOException, InterruptedException {
        GuestCommand.run("ip netns add " + NEIGHBOUR);
        try (NetlinkTransport listener = EventChecks.listener(kernel);
                XfrmClient near = kernel.client();
                UdpReceiver receiver = linked();
                XfrmClient far =
                        new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM, NetworkNamespace.named(NEIGHBOUR)))) {
            near.addState(udpState(4500, 4500));
            far.addState(udpState(4501, 4500));
            far.addPolicy(XfrmPolicy.builder(between(FAR, NEAR), Direction.OUT)
                    .templates(List.of(Template.transport(FAR.family(), IpProtocol.ESP, new Reqid(7), Level.REQUIRED)))
                    .build());
            receiver.ping();
            XfrmEvent.Mapped mapped = EventChecks.heard(listener).stream()
                    .filter(XfrmEvent.Mapped.class::isInstance)
                    .map(XfrmEvent.Mapped.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(mapped.before()).isEqualTo(new XfrmEvent.Peer(FAR, 4500));
            assertThat(mapped.after()).isEqualTo(new XfrmEvent.Peer(FAR, 4501));
            assertThat(mapped.id()).isEqualTo(udpState(1, 1).id());
        } finally {
            GuestCommand.run("ip netns del " + NEIGHBOUR);
        }
    }

    private static UdpReceiver linked() throws IOException, InterruptedException {
        GuestCommand.run("ip link add near type veth peer name far netns " + NEIGHBOUR);
        GuestCommand.run("ip addr add 10.9.0.1/24 dev near");
        GuestCommand.run("ip link set near up");
        GuestCommand.run("ip -n " + NEIGHBOUR + " addr add 10.9.0.2/24 dev far");
        GuestCommand.run("ip -n " + NEIGHBOUR + " link set far up");
        return UdpReceiver.open(NEAR.toString(), NEIGHBOUR);
    }

    private static void otherNamespace(KernelUnderTest kernel) throws IOException, InterruptedException {
        GuestCommand.run("ip netns add " + NEIGHBOUR);
        try (NetlinkTransport listener = EventChecks.listener(kernel);
                XfrmClient far =
                        new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM, NetworkNamespace.named(NEIGHBOUR)))) {
            GuestCommand.run("ip netns set " + NEIGHBOUR + " 12");
            listener.listenToAllNamespaces();
            far.addPolicy(Samples.policy(1).build());
            NetlinkMessage event =
                    NetlinkMessage.split(listener.receiveNow().orElseThrow()).get(0);
            assertThat(event.type()).isEqualTo(XfrmMsg.NEWPOLICY);
            assertThat(listener.sender()).hasValue(12);
            try (XfrmClient near = kernel.client()) {
                near.addPolicy(Samples.policy(1).build());
            }
            assertThat(listener.receiveNow()).isPresent();
            assertThat(listener.sender()).isEmpty();
        } finally {
            GuestCommand.run("ip netns del " + NEIGHBOUR);
        }
    }

    private static void kernelsOwn(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            for (int type : List.of(XfrmMsg.REPORT, XfrmMsg.NEWSADINFO, XfrmMsg.MAPPING)) {
                int size = XfrmMsg.TABLE.body(type).orElseThrow().size();
                Request request = new Request(type, 0, "say " + XfrmMsg.name(type), out -> out.body(new byte[size]));
                Optional<NetlinkException> outcome =
                        client.executeAll(List.of(request)).get(0);
                assertThat(outcome)
                        .hasValueSatisfying(
                                refusal -> assertThat(refusal.is(Errno.EINVAL)).isTrue());
            }
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> client.deleteState(udpState(1, 1).key()));
        }
    }
}

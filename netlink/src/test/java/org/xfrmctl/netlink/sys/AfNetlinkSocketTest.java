package org.xfrmctl.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.TestNamespace;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** Against this machine's kernel. */
@Timeout(20)
class AfNetlinkSocketTest {
    @RegisterExtension
    static final TestNamespace NAMESPACE = new TestNamespace();

    @Test
    void policiesAreAddedListedReplacedAndDeleted() {
        try (XfrmClient client = client()) {
            XfrmPolicy wanted = policy("10.2.0.0/16");
            client.addPolicy(wanted);
            XfrmPolicy present = client.getPolicy(wanted.key()).orElseThrow();
            assertThat(present.templates()).isEqualTo(wanted.templates());
            assertThat(present.mark()).isEqualTo(new Mark(5, 7));
            assertThat(client.listPolicies()).containsExactly(present);
            assertThat(client.countPolicies().policies().out()).isEqualTo(1);
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> client.addPolicy(wanted))
                    .matches(e -> e.is(Errno.EEXIST))
                    .satisfies(e -> assertThat(e.hint()).isPresent());
            client.updatePolicy(wanted.toBuilder().priority(9).build());
            assertThat(client.listPolicies()).extracting(XfrmPolicy::priority).containsExactly(9);
            client.deletePolicy(wanted.key());
            assertThat(client.getPolicy(wanted.key())).isEmpty();
        }
    }

    @Test
    void manyPoliciesAreAddedTogetherAndDumped() {
        try (XfrmClient client = client()) {
            List<XfrmPolicy> many = IntStream.range(0, 500)
                    .mapToObj(i -> policy("10.9." + i / 256 + "." + i % 256 + "/32"))
                    .toList();
            assertThat(client.executeAll(
                            many.stream().map(XfrmRequests::addPolicy).toList()))
                    .allMatch(Optional::isEmpty);
            assertThat(client.listPolicies()).hasSize(500);
            client.flushPolicies(PolicyType.MAIN);
            assertThat(client.listPolicies()).isEmpty();
        }
    }

    @Test
    void statesAreCountedAndUnknownOnesAreAbsent() {
        try (XfrmClient client = client()) {
            SaId id = new SaId(IpAddress.parse("192.0.2.1"), new Spi(1), IpProtocol.ESP);
            assertThat(client.countStates().states()).isZero();
            assertThat(client.getState(StateKey.of(id, Mark.NONE))).isEmpty();
            assertThat(client.listStates()).isEmpty();
            client.flushStates(IpProtocol.IPSEC_ANY);
        }
    }

    @Test
    void aRefusedStateTellsTheKernelsReason() {
        try (XfrmClient client = client()) {
            SaId id = new SaId(IpAddress.parse("192.0.2.1"), new Spi(1), IpProtocol.ESP);
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(() -> client.addState(
                            XfrmState.builder(id, IpAddress.parse("192.0.2.2")).build()))
                    .matches(e -> e.is(Errno.EINVAL))
                    .satisfies(e -> assertThat(e.refusal().kernel().text().orElse(""))
                            .startsWith("Missing required attribute for ESP"));
        }
    }

    @Test
    void eventsReachWhoJoined() {
        try (XfrmClient client = client();
                AfNetlinkSocket events = NAMESPACE.open(NetlinkProtocol.XFRM)) {
            events.join(XfrmGroup.POLICY);
            XfrmPolicy wanted = policy("10.3.0.0/16");
            client.addPolicy(wanted);
            NetlinkMessage event = NetlinkMessage.split(events.receive()).get(0);
            assertThat(event.type()).isEqualTo(XfrmMsg.NEWPOLICY);
            assertThat(PolicyCodec.decode(event).selector()).isEqualTo(wanted.selector());
            client.deletePolicy(wanted.key());
        }
    }

    @Test
    void closeEndsAWaitingReceive() throws InterruptedException {
        AfNetlinkSocket socket = NAMESPACE.open(NetlinkProtocol.XFRM);
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<ByteBuffer> waiting = CompletableFuture.supplyAsync(() -> {
            started.countDown();
            return socket.receive();
        });
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        socket.close();
        assertThatThrownBy(waiting::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NetlinkTransport.TransportClosedException.class);
        assertThatThrownBy(() -> socket.send(ByteBuffer.allocate(16)))
                .isInstanceOf(NetlinkTransport.TransportClosedException.class);
        socket.close();
    }

    @Test
    void eachSocketHasAPortOfItsOwn() {
        try (AfNetlinkSocket one = NAMESPACE.open(NetlinkProtocol.XFRM);
                AfNetlinkSocket two = NAMESPACE.open(NetlinkProtocol.XFRM)) {
            assertThat(one.portId()).isNotZero().isNotEqualTo(two.portId());
        }
    }

    @Test
    void aNamespaceThatIsNotThereIsAnError() {
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> AfNetlinkSocket.open(NetlinkProtocol.XFRM, NetworkNamespace.named("xfrmctl-none")))
                .matches(e -> e.is(Errno.ENOENT))
                .withMessageContaining("/run/netns/xfrmctl-none");
        assertThatThrownBy(() -> NetworkNamespace.named("../x")).isInstanceOf(IllegalArgumentException.class);
    }

    private static XfrmClient client() {
        return new XfrmClient(NAMESPACE.open(NetlinkProtocol.XFRM));
    }

    private static XfrmPolicy policy(String destination) {
        return XfrmPolicy.builder(
                        Selector.between(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse(destination)), Direction.OUT)
                .priority(100)
                .mark(new Mark(5, 7))
                .ifId(new IfId(3))
                .templates(List.of(Template.tunnel(
                        IpAddress.parse("192.0.2.1"),
                        IpAddress.parse("192.0.2.2"),
                        IpProtocol.ESP,
                        new Reqid(1),
                        Level.REQUIRED)))
                .build();
    }
}

package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.link.Impairment;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmState;

/** A file goes from alice to bob by way of two routers; the link between these is narrow, or bad. */
class TransferTest {
    private static final int MEGABYTE = 1 << 20;

    private final Network network = new Network();
    private final HandClock clock = new HandClock();
    private final Link near = network.link("near", 1500);
    private final Link end = network.link("end", 1500);
    private final List<byte[]> onNear = new ArrayList<>();
    private final List<byte[]> onFar = new ArrayList<>();
    private final Host alice = host("alice", 1);
    private final Host router = host("router", 2);
    private final Host hub = host("hub", 3);
    private final Host bob = host("bob", 4);

    private Host host(String name, long seed) {
        return new Host(name, network, clock, new Random(seed), Identifiers.random(new Random(seed)));
    }

    private Link farLink(int mtu) {
        Link far = network.link("far", mtu);
        near.tap(onNear::add);
        far.tap(onFar::add);
        alice.attach("eth0", near, List.of(net("10.1.0.1/24"), net("fd01::1/64")));
        router.attach("eth0", near, List.of(net("10.1.0.254/24"), net("fd01::fe/64")));
        router.attach("eth1", far, List.of(net("10.2.0.254/24"), net("fd02::fe/64")));
        hub.attach("eth0", far, List.of(net("10.2.0.253/24"), net("fd02::fd/64")));
        hub.attach("eth1", end, List.of(net("10.3.0.254/24"), net("fd03::fe/64")));
        bob.attach("eth0", end, List.of(net("10.3.0.1/24"), net("fd03::1/64")));
        router.forwarding(true);
        hub.forwarding(true);
        alice.route(net("0.0.0.0/0"), ip("10.1.0.254"));
        alice.route(net("::/0"), ip("fd01::fe"));
        router.route(net("10.3.0.0/24"), ip("10.2.0.253"));
        router.route(net("fd03::/64"), ip("fd02::fd"));
        hub.route(net("10.1.0.0/24"), ip("10.2.0.254"));
        hub.route(net("fd01::/64"), ip("fd02::fe"));
        bob.route(net("0.0.0.0/0"), ip("10.3.0.254"));
        bob.route(net("::/0"), ip("fd03::fe"));
        return far;
    }

    private TransferOutcome transfer(String to, int bytes) {
        return Transfer.run(network, alice, bob, new TransferOptions(ip(to), bytes));
    }

    private void protect(String left, String right, Mode mode) {
        for (XfrmState state : List.of(
                esp(left, right, 0x111, mode).build(),
                esp(right, left, 0x222, mode).build())) {
            alice.namespace().states().insert(state);
            bob.namespace().states().insert(state);
        }
        var templates = List.of(transport(left, IpProtocol.ESP, Level.REQUIRED));
        Gateways.add(
                alice, policy(Direction.OUT, left, right).templates(templates).build());
        Gateways.add(
                alice, policy(Direction.IN, right, left).templates(templates).build());
        Gateways.add(
                bob, policy(Direction.OUT, right, left).templates(templates).build());
        Gateways.add(bob, policy(Direction.IN, left, right).templates(templates).build());
    }

    private int longestOnFar() {
        return onFar.stream().mapToInt(packet -> packet.length).max().orElse(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.3.0.1", "fd03::1"})
    void aFileArrivesAndBothEndsClose(String to) {
        farLink(1500);

        assertThat(transfer(to, MEGABYTE)).isEqualTo(new TransferOutcome(MEGABYTE, true, Optional.empty()));
        assertThat(longestOnFar()).isEqualTo(1500);
        network.pass(60_000, () -> false);
        assertThat(alice.tcp().connections()).isZero();
        assertThat(bob.tcp().connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.3.0.1", "fd03::1"})
    void aNarrowLinkIsFoundByItsRoutersWord(String to) {
        farLink(1300);

        assertThat(transfer(to, MEGABYTE).received()).isEqualTo(MEGABYTE);
        assertThat(longestOnFar()).isEqualTo(1300);
        // The flight that was too long was sent once; what follows fits.
        assertThat(onNear.stream().filter(packet -> packet.length > 1300).count())
                .isBetween(1L, 20L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.3.0.1", "fd03::1"})
    void aTunnelBehindANarrowLinkCarriesSmallerSegments(String to) {
        farLink(1400);
        protect(to.equals("10.3.0.1") ? "10.1.0.1" : "fd01::1", to, Mode.TRANSPORT);

        assertThat(transfer(to, MEGABYTE).received()).isEqualTo(MEGABYTE);
        assertThat(longestOnFar()).isBetween(1390, 1400);
        assertThat(Gateways.statistics(alice)).isEmpty();
        assertThat(Gateways.statistics(bob)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.3.0.1", "fd03::1"})
    void aBlackHoleStallsTheTransfer(String to) {
        farLink(1300);
        near.impair(packet -> isError(packet) ? List.of() : List.of(packet));

        assertThat(transfer(to, MEGABYTE)).isEqualTo(new TransferOutcome(0, false, Optional.empty()));
        // What fits goes through the same hole: the connection itself stood.
        assertThat(onFar).isNotEmpty();
        assertThat(transfer(to, 1000).received()).isEqualTo(1000);
    }

    private static boolean isError(byte[] packet) {
        PacketBuffer buffer = PacketBuffer.of(packet);
        IpHeader header = IpHeader.read(buffer).orElseThrow();
        if (header instanceof Ipv4Header) {
            return header.protocol() == IcmpHeader.PROTOCOL_V4 && buffer.u8(header.length()) != 0;
        }
        Ipv6Chain chain = Ipv6Chain.walk(buffer);
        return chain.protocol() == IcmpHeader.PROTOCOL_V6 && buffer.u8(chain.offset()) < 128;
    }

    @Test
    void aBadLinkOnlyTakesLonger() {
        Link far = farLink(1500);
        Random random = new Random(20);
        far.impair(Impairment.loss(0.05, random)
                .then(Impairment.duplication(0.05, random))
                .then(Impairment.reordering(0.05, random)));
        near.impair(Impairment.loss(0.02, random).then(Impairment.reordering(0.1, random)));

        assertThat(transfer("10.3.0.1", MEGABYTE).received()).isEqualTo(MEGABYTE);
    }

    @RepeatedTest(20)
    void anyBadLinkOnlyTakesLonger() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Link far = farLink(random.nextInt(600, 1500));
        protect("10.1.0.1", "10.3.0.1", Mode.TRANSPORT);
        far.impair(Impairment.loss(random.nextDouble(0.2), random)
                .then(Impairment.duplication(random.nextDouble(0.2), random))
                .then(Impairment.reordering(random.nextDouble(0.3), random)));
        int bytes = random.nextInt(200_000);

        TransferOutcome outcome = Transfer.run(
                network, alice, bob, new TransferOptions(ip("10.3.0.1"), 9, bytes, Duration.ofMinutes(10)));

        assertThat(outcome.received()).as("seed %d", seed).isEqualTo(bytes);
        assertThat(outcome.error()).as("seed %d", seed).isEmpty();
    }
}

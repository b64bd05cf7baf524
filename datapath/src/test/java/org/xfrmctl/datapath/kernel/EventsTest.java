package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.kernel.Crafted.NEWSA;
import static org.xfrmctl.datapath.kernel.Crafted.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Bundle;
import org.xfrmctl.datapath.engine.InputProcessor;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.Samples;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.netlink.NetlinkTransport;

/** Who is told of what, and what the headers of events say. */
class EventsTest {
    private static final int GETAE = 31;
    private static final int NEWAE = 30;
    private static final int EXPIRE = 24;
    private static final int POLEXPIRE = 27;
    private static final int PORT = 4242;

    private final KernelUnderTest kernel = new KernelUnderTest();

    private NetlinkTransport listener(int... groups) {
        NetlinkTransport listener = kernel.open();
        for (int group : groups) {
            listener.join(group);
        }
        return listener;
    }

    private static List<byte[]> heard(NetlinkTransport listener) {
        List<byte[]> messages = new ArrayList<>();
        for (Optional<ByteBuffer> next = listener.receiveNow(); next.isPresent(); next = listener.receiveNow()) {
            messages.addAll(KernelUnderTest.messages(next.get()));
        }
        return messages;
    }

    private static byte[] from(int port, Crafted request) {
        byte[] bytes = request.bytes();
        KernelFixtures.buffer(bytes).putInt(12, port);
        return bytes;
    }

    private static String header(byte[] message) {
        ByteBuffer buffer = KernelFixtures.buffer(message);
        return KernelUnderTest.type(message) + " seq " + buffer.getInt(8) + " port " + buffer.getInt(12);
    }

    /** {@code build_expire()}, {@code build_polexpire()}: the requester's port id, and no sequence number. */
    @ParameterizedTest
    @CsvSource({"0", "1", "7"})
    void anExpiryThatWasAskedForNamesThePortOnly(int hard) {
        kernel.ask(state(NEWSA, 0x100).bytes());
        kernel.ask(Crafted.policy(Crafted.NEWPOLICY).bytes());
        NetlinkTransport listener = listener(2, 3, 4);
        kernel.ask(from(PORT, state(EXPIRE, 0x100).cut(232).without(18).u8(224, hard)));
        kernel.ask(from(PORT, Crafted.policy(POLEXPIRE).cut(176).u8(168, hard)));
        List<byte[]> events = heard(listener);
        assertThat(events)
                .extracting(EventsTest::header)
                .containsExactly("24 seq 0 port " + PORT, "27 seq 0 port " + PORT);
        assertThat(events.get(0)[16 + 224]).isEqualTo((byte) (hard == 0 ? 0 : 1));
        assertThat(events.get(1)[16 + 168]).isEqualTo((byte) (hard == 0 ? 0 : 1));
        assertThat(kernel.dump(18)).hasSize(hard == 0 ? 1 : 0);
        assertThat(kernel.dump(21)).hasSize(hard == 0 ? 1 : 0);
    }

    @Test
    void aFlushIsToldAsItWasCaptured() {
        CapturedTablesTest.loadStates(kernel);
        CapturedTablesTest.loadPolicies(kernel);
        NetlinkTransport listener = listener(3, 4);
        kernel.ask(new Crafted(29, 0).bytes());
        kernel.ask(new Crafted(28, 1).bytes());
        kernel.ask(new Crafted(28, 1).bytes());
        assertThat(heard(listener))
                .extracting(event -> KernelFixtures.masked(event))
                .containsExactly(
                        KernelFixtures.masked(KernelFixtures.message("event-flush-00-flushpolicy.hex")),
                        KernelFixtures.masked(KernelFixtures.message("event-flush-01-flushsa.hex")));
    }

    /** Four packets, two events: each time the numbers have moved by two. */
    @Test
    void movingNumbersAreToldEverySecondPacket() {
        kernel.ask(state(NEWSA, 0x100).bytes());
        NetlinkTransport listener = listener(5);
        for (int i = 0; i < 4; i++) {
            send();
        }
        assertThat(heard(listener))
                .extracting(EventsTest::numbers)
                .containsExactly("16 oseq 2 packets 1", "16 oseq 4 packets 3");
    }

    @Test
    void whatMovedTooLittleIsToldWhenTheTimerRunsOut() {
        kernel.ask(state(NEWSA, 0x100).bytes());
        NetlinkTransport listener = listener(5);
        send();
        kernel.clock().advanceMillis(999);
        kernel.namespace().runTimers();
        assertThat(heard(listener)).isEmpty();
        kernel.clock().advanceMillis(1);
        kernel.namespace().runTimers();
        assertThat(heard(listener)).extracting(EventsTest::numbers).containsExactly("32 oseq 1 packets 1");
    }

    /** {@code XFRM_TIME_DEFER}: the timer ran out when there was nothing to tell. */
    @Test
    void afterARestTheFirstPacketIsTold() {
        kernel.ask(state(NEWSA, 0x100).bytes());
        NetlinkTransport listener = listener(5);
        kernel.clock().advance(2);
        send();
        send();
        send();
        assertThat(heard(listener))
                .extracting(EventsTest::numbers)
                .containsExactly("32 oseq 1 packets 0", "16 oseq 3 packets 2");
    }

    @Test
    void nobodyListensAndNothingIsKept() {
        kernel.ask(state(NEWSA, 0x100).bytes());
        for (int i = 0; i < 5; i++) {
            send();
        }
        NetlinkTransport listener = listener(5);
        send();
        assertThat(heard(listener)).extracting(EventsTest::numbers).containsExactly("16 oseq 6 packets 5");
    }

    /** A packet through the one state there is. */
    private void send() {
        PacketBuffer packet = PacketBuffer.of(new byte[28]);
        IpHeader.prepend(packet, Samples.ip("10.3.0.9"), Samples.ip("10.1.0.9"), 17);
        Bundle.Step step = new Bundle.Step(kernel.namespace().states().list().get(0), 1500);
        new OutputProcessor(kernel.namespace(), () -> 1).transform(new Packet(packet), new Bundle(1446, List.of(step)));
    }

    /** Flags, outbound number and packets of a NEWAE. */
    private static String numbers(byte[] event) {
        ByteBuffer buffer = KernelFixtures.buffer(event);
        return buffer.getInt(16 + 40) + " oseq " + buffer.getInt(16 + 48 + 4) + " packets "
                + buffer.getLong(16 + 48 + 16 + 4 + 4 + 8);
    }

    @Test
    void aPeersNewPortIsToldAsItWasCaptured() {
        kernel.ask(natted(0).bytes());
        NetlinkTransport listener = listener(8);
        kernel.namespace().events().peerMoved(first().definition(), Samples.ip("192.168.0.100"), 45001);
        byte[] recorded = KernelFixtures.message("event-mapping.hex");
        // The kernel leaves rubbish behind an IPv4 address.
        Arrays.fill(recorded, 16 + 48, 16 + 60, (byte) 0);
        assertThat(heard(listener))
                .extracting(event -> KernelFixtures.lines(event))
                .containsExactly(KernelFixtures.lines(recorded));
    }

    /** {@code XFRMA_MTIMER_THRESH} is about the same new port again. */
    @Test
    void theSamePortIsToldAgainAfterSomeTimeOnly() {
        kernel.ask(natted(5).bytes());
        NetlinkTransport listener = listener(8);
        for (int port : new int[] {4501, 4501, 4502, 4501, 4501}) {
            receive(port);
        }
        assertThat(heard(listener)).extracting(EventsTest::newPort).containsExactly(4501, 4502, 4501);
        kernel.clock().advance(6);
        receive(4501);
        receive(4500);
        assertThat(heard(listener)).extracting(EventsTest::newPort).containsExactly(4501);
    }

    private SecurityAssociation first() {
        return kernel.namespace().states().list().get(0);
    }

    /** ESP in UDP with no cipher, so that a packet can be made by hand. */
    private static Crafted natted(int mappingTimer) {
        byte[] encap = new byte[24];
        ByteBuffer.wrap(encap).putShort(2, (short) 4500).putShort(4, (short) 4500);
        KernelFixtures.buffer(encap).putShort(0, (short) 2);
        Crafted state = Crafted.bare(0x111)
                .address(56, "c0a80001")
                .address(80, "c0a80064")
                .crypt("ecb(cipher_null)", 0)
                .attribute(4, encap);
        return mappingTimer == 0 ? state : state.words(32, mappingTimer);
    }

    /** An ESP packet whose UDP header has been taken off. */
    private void receive(int port) {
        PacketBuffer packet = PacketBuffer.of(new byte[8 + 20 + 4]);
        packet.u8(3, 0x11);
        packet.u8(2, 1);
        packet.u8(8, 0x45);
        packet.u16(10, 20);
        packet.u8(30, 2);
        packet.u8(31, 4);
        packet.u8(28, 1);
        packet.u8(29, 2);
        IpHeader.prepend(packet, Samples.ip("192.168.0.100"), Samples.ip("192.168.0.1"), 50);
        new InputProcessor(kernel.namespace()).receive(new Packet(packet), 2, port);
    }

    private static int newPort(byte[] event) {
        return Short.toUnsignedInt(ByteBuffer.wrap(event).getShort(16 + 62));
    }

    /** NEWSA and NEWAE take the timer in ticks of the kernel's clock, GETAE tells it in tenths of a second. */
    @Test
    void thresholdsAreKeptPerState() {
        kernel.ask(state(NEWSA, 0x100).words(11, 5).words(12, 300).bytes());
        assertThat(thresholds()).isEqualTo("5 30");
        byte[] set = new Crafted(NEWAE, 48)
                .address(0, "0a000002")
                .spiAt(16, 0x100)
                .u16(20, 2)
                .u8(22, 50)
                .words(11, 9)
                .bytes();
        KernelFixtures.buffer(set).putShort(6, (short) 0x105);
        assertThat(kernel.errno(set)).isZero();
        assertThat(thresholds()).isEqualTo("9 30");
        kernel.ask(state(NEWSA, 0x101).bytes());
        KernelFixtures.buffer(set).putShort(6, (short) 5);
        assertThat(kernel.errno(set)).isEqualTo(22);
    }

    private String thresholds() {
        byte[] reply = kernel.ask(new Crafted(GETAE, 48)
                        .address(0, "0a000002")
                        .spiAt(16, 0x100)
                        .u16(20, 2)
                        .u8(22, 50)
                        .u32(40, 9)
                        .bytes())
                .get(0);
        ByteBuffer buffer = KernelFixtures.buffer(reply);
        return buffer.getInt(reply.length - 12) + " " + buffer.getInt(reply.length - 4);
    }
}

package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.xfrmctl.datapath.kernel.Crafted.NEWSA;
import static org.xfrmctl.datapath.kernel.Crafted.state;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.NetlinkTransport.TransportClosedException;

@Timeout(10)
class KernelSocketTest {
    private final KernelUnderTest kernel = new KernelUnderTest();

    @Test
    void closingEndsAWait() {
        NetlinkTransport socket = kernel.open();
        CompletableFuture<Object> waiting = CompletableFuture.supplyAsync(socket::receive);
        socket.close();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> waiting.orTimeout(5, TimeUnit.SECONDS).join())
                .withCauseInstanceOf(TransportClosedException.class);
        assertThatExceptionOfType(TransportClosedException.class).isThrownBy(socket::receive);
    }

    @Test
    void anotherThreadsRequestWakesAListener() {
        NetlinkTransport listener = kernel.open();
        listener.join(3);
        CompletableFuture<byte[]> heard = CompletableFuture.supplyAsync(
                () -> KernelUnderTest.messages(listener.receive()).get(0));
        assertThat(kernel.errno(state(NEWSA, 0x100).bytes())).isZero();
        assertThat(KernelUnderTest.type(heard.orTimeout(5, TimeUnit.SECONDS).join()))
                .isEqualTo(NEWSA);
    }

    @Test
    void onlyMembersOfTheGroupHearAnEvent() {
        NetlinkTransport policies = kernel.open();
        policies.join(4);
        kernel.ask(state(NEWSA, 0x100).bytes());
        kernel.ask(Crafted.policy(Crafted.NEWPOLICY).bytes());
        assertThat(KernelUnderTest.type(
                        KernelUnderTest.messages(policies.receive()).get(0)))
                .isEqualTo(Crafted.NEWPOLICY);
    }

    @Test
    void whoLeftAGroupHearsNoMoreOfIt() {
        KernelSocket socket = kernel.open();
        socket.join(3);
        socket.leave(3);
        kernel.ask(state(NEWSA, 0x100).bytes());
        assertThat(socket.receiveNow()).isEmpty();
    }

    @Test
    void aPortBelongsToOneSocket() {
        KernelSocket first = kernel.open();
        KernelSocket second = kernel.open();
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> second.bind(first.portId()))
                .matches(e -> e.is(Errno.EADDRINUSE));
        second.bind(second.portId() + 1);
        second.bind(second.portId());
        assertThat(kernel.open().portId()).isNotEqualTo(second.portId());
        first.close();
        second.bind(first.portId());
    }

    /** {@code netlink_overrun()}: told once, what was queued stays, and events come again once the queue was empty. */
    @Test
    void aSlowListenerIsToldOnceThatEventsWereLost() {
        NetlinkTransport listener = kernel.open();
        listener.join(3);
        int sent = KernelSocket.RECEIVE_BUFFER / 350;
        for (int spi = 1; spi <= sent; spi++) {
            kernel.ask(state(NEWSA, spi).bytes());
        }
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(listener::receive)
                .satisfies(lost -> assertThat(lost.is(Errno.ENOBUFS)).isTrue());
        int kept = KernelSocket.RECEIVE_BUFFER / listener.receive().remaining();
        for (int i = 1; i < kept; i++) {
            listener.receive();
        }
        kernel.ask(state(NEWSA, 0x10000).bytes());
        byte[] next = KernelUnderTest.messages(listener.receive()).get(0);
        assertThat(KernelFixtures.buffer(next).order(ByteOrder.BIG_ENDIAN).getInt(16 + 72))
                .isEqualTo(0x10000);
    }

    @Test
    void aSecondDumpWaitsForTheObjectsOfTheFirst() {
        kernel.ask(state(NEWSA, 0x100).bytes());
        NetlinkTransport socket = kernel.open();
        byte[] dump = KernelFixtures.as(18, 0x301, new byte[16]);
        KernelFixtures.buffer(dump).putInt(0, 16);
        socket.send(KernelFixtures.buffer(dump));
        socket.send(KernelFixtures.buffer(dump));
        assertThat(next(socket)).isEqualTo(NEWSA);
        socket.send(KernelFixtures.buffer(dump));
        assertThat(List.of(next(socket), next(socket), next(socket), next(socket)))
                .containsExactly(3, 2, NEWSA, 3);
    }

    private static int next(NetlinkTransport socket) {
        return KernelUnderTest.type(KernelUnderTest.messages(socket.receive()).get(0));
    }

    @Test
    void aDatagramMayHoldSeveralRequestsAndABrokenEnd() {
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        datagram.writeBytes(state(NEWSA, 0x100).bytes());
        datagram.writeBytes(state(NEWSA, 0x100).bytes());
        datagram.writeBytes(state(NEWSA, 0x101).bytes());
        datagram.writeBytes(new byte[20]);
        NetlinkTransport socket = kernel.open();
        socket.send(KernelFixtures.buffer(datagram.toByteArray()));
        List<String> answers = List.of(answer(socket), answer(socket), answer(socket));
        assertThat(answers).containsExactly("OK", "EEXIST", "OK");
    }

    private static String answer(NetlinkTransport socket) {
        return Answer.of(KernelUnderTest.messages(socket.receive()).get(0)).errno();
    }
}

package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.xfrmctl.datapath.kernel.Crafted.NEWSA;
import static org.xfrmctl.datapath.kernel.Crafted.state;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
        NetlinkTransport listener = kernel.open(16_384);
        listener.join(3);
        for (int spi = 1; spi <= 100; spi++) {
            kernel.ask(state(NEWSA, spi).bytes());
        }
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(listener::receive)
                .satisfies(lost -> assertThat(lost.is(Errno.ENOBUFS)).isTrue());
        List<Integer> kept = new ArrayList<>();
        int first = spi(listener.receive());
        kept.add(first);
        // What happens before the queue is empty is lost in silence.
        kernel.ask(state(NEWSA, 0x9999).bytes());
        listener.receiveNow().ifPresent(next -> kept.add(spi(next)));
        for (Optional<ByteBuffer> next = listener.receiveNow(); next.isPresent(); next = listener.receiveNow()) {
            kept.add(spi(next.get()));
        }
        assertThat(kept)
                .hasSizeBetween(20, 60)
                .isEqualTo(IntStream.rangeClosed(1, kept.size()).boxed().toList());
        kernel.ask(state(NEWSA, 0x10000).bytes());
        assertThat(spi(listener.receiveNow().orElseThrow())).isEqualTo(0x10000);
    }

    private static int spi(ByteBuffer event) {
        return KernelFixtures.buffer(KernelUnderTest.messages(event).get(0))
                .order(ByteOrder.BIG_ENDIAN)
                .getInt(16 + 72);
    }

    /** {@code netlink_attachskb()}: an answer that finds the buffer full is lost too, and the request was carried out. */
    @Test
    void whoDoesNotReadLosesAnswersToo() {
        NetlinkTransport socket = kernel.open(0);
        for (int spi = 1; spi <= 20; spi++) {
            socket.send(KernelFixtures.buffer(state(NEWSA, spi).bytes()));
        }
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(socket::receiveNow)
                .satisfies(lost -> assertThat(lost.is(Errno.ENOBUFS)).isTrue());
        assertThat(answer(socket)).isEqualTo("OK");
        assertThat(kernel.dump(18)).hasSize(20);
    }

    /** A dump is longer than any buffer, and loses nothing. */
    @Test
    void aDumpTakesNoRoom() {
        for (int spi = 1; spi <= 200; spi++) {
            kernel.ask(state(NEWSA, spi).bytes());
        }
        NetlinkTransport socket = kernel.open(0);
        byte[] dump = KernelFixtures.as(18, 0x301, new byte[16]);
        KernelFixtures.buffer(dump).putInt(0, 16);
        socket.send(KernelFixtures.buffer(dump));
        List<byte[]> messages = new ArrayList<>();
        for (Optional<ByteBuffer> next = socket.receiveNow(); next.isPresent(); next = socket.receiveNow()) {
            messages.addAll(KernelUnderTest.messages(next.get()));
        }
        assertThat(messages).hasSize(201);
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

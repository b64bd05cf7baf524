package org.xfrmctl.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

@Timeout(20)
class PacketConnectionTest {
    @TempDir
    private Path directory;

    private Path path;
    private PacketListener listener;
    private PacketConnection client;
    private PacketConnection server;

    @BeforeEach
    void connect() throws IOException {
        path = directory.resolve("socket");
        listener = PacketListener.at(path);
        client = PacketConnection.to(path);
        server = listener.accept().orElseThrow();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        listener.close();
    }

    @Test
    void datagramsStayApartWhateverTheirSize() {
        byte[] large = new byte[100_000];
        large[99_999] = 7;
        client.send(ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 2));
        client.send(ByteBuffer.wrap(large));

        assertThat(bytes(server)).containsExactly(2, 3);
        assertThat(bytes(server)).isEqualTo(large);
    }

    @Test
    void onlyTheOwnerMayConnect() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void whoLeavesEndsWhatTheOtherWaitsFor() {
        client.close();

        assertThat(server.receive()).isEmpty();
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> server.send(ByteBuffer.wrap(new byte[] {1})))
                .matches(e -> e.is(Errno.EPIPE));
    }

    @Test
    void whoLeavesWithoutReadingEndsItToo() {
        server.send(ByteBuffer.wrap(new byte[] {1}));
        client.close();

        assertThat(server.receive()).isEmpty();
    }

    @Test
    void endEndsAWaitingReceiveAndAWaitingAccept() {
        CompletableFuture<Boolean> received =
                CompletableFuture.supplyAsync(() -> server.receive().isPresent());
        CompletableFuture<Boolean> accepted =
                CompletableFuture.supplyAsync(() -> listener.accept().isPresent());
        server.end();
        listener.end();

        assertThat(received.join()).isFalse();
        assertThat(accepted.join()).isFalse();
    }

    @Test
    void aPathIsTakenOnceAndOfLimitedLength() {
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> PacketListener.at(path))
                .matches(e -> e.is(Errno.EADDRINUSE));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> PacketConnection.to(directory.resolve("nobody")))
                .matches(e -> e.is(Errno.ENOENT));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> PacketConnection.to(Path.of("x".repeat(108))))
                .withMessageContaining("107 at most");
    }

    private static byte[] bytes(PacketConnection connection) {
        ByteBuffer datagram = connection.receive().orElseThrow();
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return bytes;
    }
}

package org.xfrmctl.netlink.sys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

@Timeout(20)
class StreamConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(15);

    @TempDir
    private Path directory;

    private Path path;
    private StreamListener listener;
    private SocketChannel client;
    private StreamConnection server;

    @BeforeEach
    void connect() throws IOException {
        path = directory.resolve("socket");
        listener = StreamListener.at(path);
        client = SocketChannel.open(UnixDomainSocketAddress.of(path));
        server = listener.accept().orElseThrow();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listener.close();
    }

    @Test
    void aGroupGetsItsSocketWhateverTheUmask() throws IOException {
        Path place = directory.resolve("for a group");
        long group = Integer.toUnsignedLong((int) Files.getAttribute(directory, "unix:gid"));
        try (StreamListener given = StreamListener.at(place, group)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                    .isEqualTo("rw-rw----");
            assertThat(Files.getAttribute(place, "unix:gid")).isEqualTo((int) group);
            given.end();
        }
        assertThat(SystemUsers.own()).isEqualTo(server.peer().user());
        assertThat(SystemUsers.group("no-such-group")).isEmpty();
        assertThat(SystemUsers.group(Files.getFileAttributeView(place, PosixFileAttributeView.class)
                        .readAttributes()
                        .group()
                        .getName()))
                .hasValue(group);
    }

    @Test
    void readsWhatThereIsAndKnowsTheEnd() throws IOException {
        ByteBuffer target = ByteBuffer.allocate(100);
        assertThat(server.read(target, Duration.ZERO)).isEqualTo(OptionalInt.of(0));
        client.write(ByteBuffer.wrap("abc".getBytes(US_ASCII)));
        assertThat(server.read(target, LONG)).isEqualTo(OptionalInt.of(3));
        assertThat(new String(target.array(), 0, target.position(), US_ASCII)).isEqualTo("abc");
        client.close();
        assertThat(server.read(target, LONG)).isEmpty();
    }

    @Test
    void writesUntilNobodyTakesItAndNoticesThatNobodyIsThere() throws IOException {
        ByteBuffer much = ByteBuffer.allocate(64 * 1024 * 1024);
        int written = server.write(much, LONG);
        while (written > 0) {
            written = server.write(much, Duration.ZERO);
        }
        assertThat(much.position()).isPositive().isLessThan(much.capacity());
        client.close();
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> server.write(much, LONG))
                .satisfies(e -> assertThat(e.is(Errno.EPIPE)).isTrue());
    }

    @Test
    void thePeerIsThisProcess() throws IOException {
        Path own = Files.createFile(directory.resolve("own"));
        PeerCredentials peer = server.peer();

        assertThat(peer.user()).isEqualTo(Integer.toUnsignedLong((int) Files.getAttribute(own, "unix:uid")));
        assertThat(peer.has(Integer.toUnsignedLong((int) Files.getAttribute(own, "unix:gid"))))
                .isTrue();
        String groups = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("Groups:"))
                .map(line -> line.substring("Groups:".length()).strip())
                .findFirst()
                .orElseThrow();
        assertThat(peer.groups().stream().sorted().map(String::valueOf).toList())
                .isEqualTo(groups.isEmpty() ? List.of() : List.of(groups.split(" ", -1)));
    }

    @Test
    void onlyTheOwnerMayConnect() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void theListenerEnds() {
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> listener.accept().isPresent());
        listener.end();
        assertThat(waiting.join()).isFalse();
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.PacketListener;

/** Why a daemon could not be asked: each reason is told as what it is. */
@Timeout(20)
class PingCommandTest {
    @TempDir
    private Path directory;

    @Test
    void wherePingingNeedsADaemonFirst() {
        Path path = directory.resolve("door");
        assertThat(errors(path))
                .isEqualTo("xfrmctl: " + path + ": no daemon answers there\n"
                        + "  start one: xfrmctl daemon --netlink-socket " + path + "\n");
    }

    @Test
    void anotherProgramIsNoMissingDaemon() throws IOException {
        Path path = directory.resolve("stream");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path));
            assertThat(errors(path)).startsWith("xfrmctl: connect to " + path + ": EPROTOTYPE");
        }
    }

    @Test
    void aDaemonMayEndMeanwhile() throws IOException {
        Path path = directory.resolve("door");
        try (PacketListener daemon = PacketListener.at(path)) {
            CompletableFuture<Void> ending = CompletableFuture.runAsync(
                    () -> daemon.accept().orElseThrow().close());
            assertThat(errors(path)).startsWith("xfrmctl: " + path + ": the daemon ended before it answered\n");
            ending.join();
        }
    }

    /** Nothing is forbidden to root, who may run this test. */
    @Test
    void othersDaemonsAreTheirs() {
        PingCommand command = new PingCommand();
        command.socket = directory;
        assertThat(command.explained(new NetlinkException(Errno.EACCES.number(), "connect to " + directory)))
                .hasMessage(directory + ": permission denied");
        NetlinkException full = new NetlinkException(Errno.EMFILE.number(), "open a socket");
        assertThat(command.explained(full)).isSameAs(full);
    }

    private static String errors(Path path) {
        Console.Result result = new Console().run("ping", "--netlink-socket", path.toString(), "192.0.2.1");
        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).isEmpty();
        return result.err();
    }
}

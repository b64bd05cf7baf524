package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.netlink.sys.PacketConnection;
import org.xfrmctl.netlink.sys.PacketListener;
import picocli.CommandLine;

/** Whose health is asked for, and what is said of it; {@link AskTest} has a watch. */
@Timeout(20)
class HealthCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theDaemonOfTheEnvironmentIsAskedIfItIsThere() {
        Path path = directory.resolve("door");
        try (PacketListener daemon = PacketListener.at(path)) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answer(daemon));
            assertThat(health(path)).isZero();
            answering.join();
        }
        assertThat(out).hasToString("the daemon at " + path + " answers; its addresses: 192.0.2.1\n");
        assertThat(err.toString()).isEmpty();
    }

    /** As {@code NetlinkDoor} does: a byte, and the words. */
    private static void answer(PacketListener daemon) {
        try (PacketConnection connection = daemon.accept().orElseThrow()) {
            assertThat(connection.receive()).isPresent();
            connection.send(ByteBuffer.wrap("\0".concat("192.0.2.1").getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Test
    void oneThatEndedIsNotHealthy() {
        Path path = directory.resolve("door");
        PacketListener.at(path).close();

        assertThat(health(path)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).startsWith("xfrmctl: " + path + ": no daemon answers there\n");
    }

    @Test
    void withoutItsSocketAWatchIsAsked() {
        assertThat(health(directory.resolve("none"), "--state-dir", directory.toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .startsWith("xfrmctl: no watch answers at " + directory + "/netns-1/control: ")
                .contains("XFRMCTL_NETLINK_SOCKET");
        assertThat(health(directory.resolve("none"))).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aDaemonThatTakesConnectionsAndIsSilentIsNotHealthy() {
        Path path = directory.resolve("door");
        try (PacketListener silent = PacketListener.at(path)) {
            assertThat(silent).isNotNull();
            assertThat(health(path, "--wait", "1")).isEqualTo(ExitCode.FAILED);
        }
        assertThat(err.toString())
                .startsWith("xfrmctl: the daemon at " + path + " takes connections, but did not answer within 1 s\n");
    }

    @Test
    void aWatchThatTakesConnectionsAndIsSilentIsNotHealthy() throws IOException {
        Path path = directory.resolve("control");
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(path));
            assertThat(health(directory.resolve("none"), "--wait", "1", "--control", path.toString()))
                    .isEqualTo(ExitCode.FAILED);
        }
        assertThat(err.toString())
                .startsWith("xfrmctl: the watch at " + path + " takes connections, but did not answer within 1 s\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void noTimeIsNoTimeToWait() {
        assertThat(health(directory.resolve("none"), "--wait", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--wait 0 is less than 1");
    }

    private int health(Path socket, String... options) {
        Console console = new Console();
        console.named("netns-1");
        CommandLine main = Main.commandLine(console.kernel());
        HealthCommand command =
                new HealthCommand(console.kernel(), Map.of("XFRMCTL_NETLINK_SOCKET", socket.toString()));
        return new CommandLine(command)
                .setExecutionExceptionHandler(main.getExecutionExceptionHandler())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(options);
    }
}

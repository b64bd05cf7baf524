package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.netlink.sys.PacketConnection;
import org.xfrmctl.netlink.sys.PacketListener;

/** Where no daemon can be, and why. */
class DaemonCommandTest {
    @TempDir
    private Path directory;

    private final Console console = new Console();

    @Test
    void thePathOfALiveDaemonIsLeftToIt() throws IOException {
        Path path = directory.resolve("door");
        try (PacketListener other = PacketListener.at(path)) {
            assertThat(errors(path)).startsWith("xfrmctl: " + path + ": another program answers there\n  ");
            other.accept().orElseThrow().close();
            try (PacketConnection stillThere = PacketConnection.to(path)) {
                stillThere.end();
            }
        }
    }

    @Test
    void whatADeadDaemonLeftIsReplaced() throws IOException {
        Path path = directory.resolve("door");
        PacketListener.at(path).close();

        try (SocketFile<PacketListener> file = SocketFile.create(path, PacketListener::at);
                PacketListener listener = file.listener();
                PacketConnection client = PacketConnection.to(path)) {
            assertThat(listener.accept()).isPresent();
            client.end();
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void whatAnotherPutThereMeanwhileStays() throws IOException {
        Path path = directory.resolve("door");
        SocketFile<PacketListener> file = SocketFile.create(path, PacketListener::at);
        file.listener().close();
        Files.move(path, directory.resolve("moved"));
        Files.writeString(path, "precious");
        file.close();

        assertThat(path).hasContent("precious");
    }

    @Test
    void whatIsNoSocketIsLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "precious");

        assertThat(errors(file)).startsWith("xfrmctl: " + file + ": is there and no socket\n  ");
        assertThat(file).hasContent("precious");
    }

    @Test
    void aFifoOrDeviceIsNoSocket() throws IOException, InterruptedException {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        assertThat(errors(fifo)).startsWith("xfrmctl: " + fifo + ": is there and no socket\n  ");
        assertThat(fifo).exists();
    }

    @Test
    void whereOthersCanPutSomethingInItsPlaceNoSocketIsMade() {
        Path shared = directory.resolve("shared");
        assertThat(shared.toFile().mkdir()).isTrue();
        Path below = shared.resolve("below");
        assertThat(below.toFile().mkdir()).isTrue();
        for (String mode : new String[] {"rwxrwxr-x", "rwxr-x-w-"}) {
            Definitions.mode(shared, mode);

            assertThat(errors(shared.resolve("door"))).contains(shared + " can be written by others");
            assertThat(errors(below.resolve("door"))).contains(shared + " can be written by others");
        }
        assertThat(shared.resolve("door")).doesNotExist();
    }

    @Test
    void anotherProgramsSocketIsLeftAlone() throws IOException {
        Path path = directory.resolve("stream");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path));

            assertThat(errors(path)).startsWith("xfrmctl: " + path + ": another program answers there");
            assertThat(path).exists();
        }
    }

    @Test
    void aPathNeedsADirectoryAndALength() {
        Path nowhere = directory.resolve("nowhere").resolve("door");
        Path far = directory.resolve("x".repeat(120));

        assertThat(errors(nowhere)).startsWith("xfrmctl: " + nowhere.getParent() + ": there is no such directory\n  ");
        assertThat(errors(far))
                .startsWith("xfrmctl: " + far + ": too long for a Unix socket")
                .contains("107 bytes");
    }

    @Test
    void thePathMustBeNamed() {
        assertThat(console.run("daemon").status()).isEqualTo(ExitCode.USAGE);
        assertThat(console.run("daemon", "--backend", "kernel", "--netlink-socket", "x")
                        .status())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aPortForMetricsThatSomebodyHasIsTold() throws IOException {
        Path path = directory.resolve("door");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + other.getLocalPort();
            Console.Result result = console.run("daemon", "--netlink-socket", path.toString(), "--metrics", address);

            assertThat(result.status()).isEqualTo(ExitCode.FAILED);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .isEqualTo(
                            "xfrmctl: --metrics " + address + ": Address already in use\n"
                                    + "  name an address of this host and a port above 1023 that nobody has; 0 stands for any"
                                    + " that is free\n"
                                    + "  in a new network namespace not even 127.0.0.1 is there before \"ip link set lo up\"\n");
            assertThat(path).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"daemon --netlink-socket x", "watch"})
    void anAddressForMetricsIsOne(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.addAll(List.of("--metrics", "localhost:9517"));
        Console.Result result = console.run(words.toArray(String[]::new));

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).startsWith("xfrmctl: --metrics: ").contains("localhost");
    }

    private String errors(Path path) {
        Console.Result result = console.run("daemon", "--netlink-socket", path.toString());
        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).isEmpty();
        return result.err();
    }
}

package org.xfrmctl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.control.ControlClient;
import org.xfrmctl.cli.metrics.Exposition;
import org.xfrmctl.cli.service.NotifyReceiver;

/** A watch as a process: signals, the service manager, and a peer of another user. */
@Timeout(120)
class WatchProcessTest {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /** Connects, asks, and prints what is answered; nothing of it lies where another user cannot read. */
    private static final String STRANGER = """
            import java.net.UnixDomainSocketAddress;
            import java.nio.ByteBuffer;
            import java.nio.channels.SocketChannel;

            class Stranger {
                public static void main(String[] path) throws Exception {
                    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path[0]))) {
                        ByteBuffer answer = ByteBuffer.allocate(4096);
                        channel.read(answer);
                        System.out.print(new String(answer.array(), 0, answer.position()));
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    private Path file;
    private Path socket;
    private NotifyReceiver manager;
    private Process process;
    private BufferedReader lines;

    @BeforeEach
    void start() throws IOException {
        file = Path.of(Definitions.write(directory, "carol.yaml", Definitions.GOOD));
        socket = directory.resolve("control");
        String notify = directory.resolve("notify").toString();
        manager = new NotifyReceiver(notify);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UserspaceWatch.class.getName(),
                        "watch",
                        "--poll",
                        "3600",
                        "-f",
                        file.toString(),
                        "--state-dir",
                        directory.resolve("state").toString(),
                        "--control",
                        socket.toString(),
                        "--metrics",
                        "0")
                .redirectErrorStream(true);
        builder.environment().put("NOTIFY_SOCKET", notify);
        builder.environment().put("WATCHDOG_USEC", "200000");
        process = builder.start();
        lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        manager.close();
        lines.close();
    }

    /** The lines up to one that begins so. */
    private List<String> until(String beginning) throws IOException {
        List<String> read = new ArrayList<>();
        String line = lines.readLine();
        while (line != null && !line.startsWith(beginning)) {
            read.add(line);
            line = lines.readLine();
        }
        assertThat(line).as("after " + read).isNotNull();
        read.add(line);
        return read;
    }

    private String ask(String... words) throws IOException {
        StringWriter out = new StringWriter();
        ControlClient.ask(socket, List.of(words), new PrintWriter(out), new PrintWriter(System.err, true, UTF_8));
        return out.toString();
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aHangupHasItReadTheDefinitionAgain() throws IOException, InterruptedException {
        until("watching");
        assertThat(manager.next("READY=1")).isNotEmpty();
        Files.writeString(file, Definitions.GOOD.replace("10.1.0.0", "10.2.0.0"));
        signal("HUP");

        assertThat(until("the definition was read again")).hasSize(1);
        assertThat(until("nothing to do")).as("of what is down").hasSize(1);
        assertThat(ask("plan")).contains("10.2.0.0/16");
        assertThat(manager.next("RELOADING=1")).contains("\nMONOTONIC_USEC=");
        assertThat(manager.next("READY=1")).isNotEmpty();

        Files.writeString(file, "nonsense");
        signal("HUP");
        assertThat(until("the definition as it was stays in force").get(0)).contains("carol.yaml:1");
        assertThat(process.isAlive()).isTrue();
        assertThat(manager.next("READY=1")).isNotEmpty();
    }

    @Test
    void theServiceManagerHearsHowItStands() throws IOException, InterruptedException {
        assertThat(manager.next("STATUS=")).isEqualTo("STATUS=all is as it should be");
        assertThat(manager.next("READY=1")).isNotEmpty();
        assertThat(manager.next("WATCHDOG=1")).isNotEmpty();
        assertThat(manager.next("WATCHDOG=1")).isNotEmpty();
        assertThat(socket).exists();
        signal("TERM");
        assertThat(manager.next("STOPPING=1")).isNotEmpty();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(socket).doesNotExist();
    }

    @Test
    void numbersAreToBeHadWhereItSays() throws IOException, InterruptedException {
        String url = until("metrics: http://127.0.0.1:").get(0).substring("metrics: ".length());
        assertThat(manager.next("READY=1")).isNotEmpty();
        URLConnection connection = URI.create(url).toURL().openConnection();
        try (InputStream body = connection.getInputStream()) {
            Exposition seen = Exposition.read(new String(body.readAllBytes(), UTF_8));

            assertThat(seen.value("xfrmctl_child_condition{connection=\"home\",child=\"net\",condition=\"down\"}"))
                    .isOne();
            assertThat(seen.value("xfrmctl_watch_last_look_timestamp_seconds")).isPositive();
        }
        assertThat(until("watching")).hasSize(1);
    }

    @Test
    void anotherUserIsRefusedWhateverTheModeOfTheSocket() throws IOException, InterruptedException {
        until("watching");
        Path status = Path.of("/proc/self/status");
        assumeTrue(
                Files.isExecutable(SETPRIV) && Files.readString(status).contains("\nUid:\t0\t0\t"),
                "to become another user takes root and setpriv (package util-linux)");
        Definitions.mode(directory, "rwxrwxrwx");
        Definitions.mode(socket, "rw-rw-rw-");
        Path stranger = Definitions.file(directory.resolve("Stranger.java"), STRANGER);
        Process client = new ProcessBuilder(
                        SETPRIV.toString(),
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        stranger.toString(),
                        socket.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                .contains("user 65534 may not use this control socket")
                .endsWith("{\"exit\":1}\n");
        assertThat(until("refused: user 65534")).hasSize(1);
        assertThat(ask("status")).startsWith("home/net: DOWN");
    }
}

package org.xfrmctl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.xfrmctl.cli.control.ControlLimits;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.netlink.NetlinkTransport;

/**
 * Does once what people wait for: a class-data archive has the classes that this run loads. Everything happens on a userspace
 * kernel and in a directory of its own; the running kernel is only asked for its states. A program of its own, for
 * {@code launch/archive}; it prints nothing.
 */
final class WarmUp {
    private static final String DEFINITION = """
            connections:
              home:
                local_addrs: 192.168.0.100
                remote_addrs: 192.168.0.1
                children:
                  net:
                    local_ts: 192.168.0.100/32
                    remote_ts: 10.1.0.0/16
                    ipcomp: yes
                    esp_proposals: aes128gcm16
                    sas:
                      out: { spi: 0xc1000001, cpi: 0x1001, key: carol-moon }
                      in:  { spi: 0xc1000002, cpi: 0x1002, key: moon-carol }
            secrets:
              carol-moon: { file: carol-moon.key }
              moon-carol: { file: moon-carol.key }
            """;

    private static final List<String> OF_A_DEFINITION = List.of("check", "plan", "up", "status", "counters", "plan");
    private static final List<String> BELOW = List.of("state", "policy", "version");

    private final Path directory;
    private final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    private final Kernel kernel;

    private WarmUp(Path directory) {
        this.directory = directory;
        UserspaceKernel userspace = new UserspaceKernel(new XfrmNamespace(Clock.systemUTC(), new Random()));
        this.kernel = new Kernel() {
            @Override
            public NetlinkTransport open() {
                return userspace.open();
            }

            @Override
            public Optional<String> name() {
                return Optional.of("warm-up");
            }
        };
    }

    /** {@code DIRECTORY}: an empty one of this user, of mode 0700. */
    public static void main(String[] arguments) throws IOException {
        new WarmUp(Path.of(arguments[0])).run();
        // Threads of the control socket may still be about.
        System.exit(ExitCode.DONE);
    }

    private void run() throws IOException {
        String file =
                Files.writeString(directory.resolve("carol.yaml"), DEFINITION).toString();
        String state = directory.resolve("state").toString();
        execute(kernel, "--version");
        execute(kernel, "--help");
        execute(kernel, "keygen", "-f", file);
        for (String command : OF_A_DEFINITION) {
            execute(kernel, placed(command, file, state));
        }
        for (String command : BELOW) {
            execute(kernel, command);
            execute(kernel, command, "--json");
        }
        execute(new RunningKernel(), "state");
        ask(file, state);
        execute(kernel, placed("down", file, state));
    }

    private void ask(String file, String state) {
        Path socket = directory.resolve("control");
        WatchControl control = WatchControl.open(
                        new ControlOptions(),
                        Optional.of(socket),
                        (words, out, err) -> Main.commandLine(kernel, words)
                                .setOut(out)
                                .setErr(err)
                                .execute(placed(words.get(0), file, state)),
                        ControlLimits.DEFAULT,
                        Duration.ofSeconds(1),
                        nowhere::println)
                .orElseThrow();
        try {
            execute(kernel, "ask", "--control", socket.toString(), "status");
        } finally {
            control.close();
        }
    }

    private static String[] placed(String command, String file, String state) {
        return command.equals("check")
                ? new String[] {command, "-f", file}
                : new String[] {command, "-f", file, "--state-dir", state};
    }

    /** What comes of it is of no interest. */
    private void execute(Kernel asked, String... words) {
        Main.commandLine(asked, List.of(words))
                .setOut(nowhere)
                .setErr(nowhere)
                .setColorScheme(Main.usualColours())
                .execute(words);
    }
}

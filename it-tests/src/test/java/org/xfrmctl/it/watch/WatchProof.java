package org.xfrmctl.it.watch;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.RunningKernel;

/** Runs inside the guest: a watch in a thread of its own, and {@code ip} that does harm. */
final class WatchProof {
    static final String RESULT = "repaired";

    /** The first are done while the child is up, the last when it is down. */
    static final List<String> HARMS = List.of(
            "policy flush",
            "state flush",
            "policy delete src 192.168.0.100/32 dst 10.1.0.0/16 dir out",
            "policy update src 192.168.0.100/32 dst 10.1.0.0/16 dir out action allow",
            "policy flush when it is down");

    private static final String WHEN_DOWN = " when it is down";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DEFINITION = """
            connections:
              home:
                local_addrs: 192.168.0.100
                remote_addrs: 192.168.0.1
                children:
                  net: { remote_ts: 10.1.0.0/16, ipcomp: yes, keys: { derive: shared } }
            secrets:
              shared: { file: shared.key }
            """;

    private final Path directory;

    private WatchProof(Path directory) {
        this.directory = directory;
    }

    /** The argument is the directory for the result. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("watch");
        Files.writeString(directory.resolve("carol.yaml"), DEFINITION);
        Files.writeString(
                Files.createFile(
                        directory.resolve("shared.key"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                "00112233445566778899aabbccddeeff".repeat(2) + "\n");
        List<String> repaired = new WatchProof(directory).repaired();
        Files.write(Path.of(arguments[0]).resolve(RESULT), repaired);
        // The watch has no end of its own.
        Runtime.getRuntime().halt(0);
    }

    private List<String> repaired() throws IOException, InterruptedException {
        xfrmctl("up");
        Thread watch = new Thread(() -> xfrmctl("watch", "--poll", "3600"), "watch");
        watch.setDaemon(true);
        watch.start();
        List<String> repaired = new ArrayList<>();
        for (String harm : HARMS) {
            boolean down = harm.endsWith(WHEN_DOWN);
            if (down) {
                xfrmctl("down");
            }
            ip(harm.replace(WHEN_DOWN, ""));
            repaired.add((isRepaired(down ? "BLOCKED" : "UP") ? "repaired: " : "NOT REPAIRED: ") + harm);
        }
        return repaired;
    }

    /** Asks until it is so: how long that takes depends on the machine. */
    private boolean isRepaired(String condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean so = false;
        while (!so && System.nanoTime() < end) {
            so = xfrmctl("status").startsWith("home/net: " + condition);
            if (!so) {
                Thread.sleep(50);
            }
        }
        return so;
    }

    private String xfrmctl(String command, String... more) {
        StringWriter out = new StringWriter();
        List<String> words = new ArrayList<>(List.of(
                command,
                "--state-dir",
                directory.resolve("state").toString(),
                "--epoch-dir",
                directory.resolve("epochs").toString(),
                "-f",
                directory.resolve("carol.yaml").toString()));
        words.addAll(List.of(more));
        Main.commandLine(new RunningKernel()).setOut(new PrintWriter(out)).execute(words.toArray(String[]::new));
        return out.toString();
    }

    private static void ip(String words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "xfrm"));
        command.addAll(List.of(words.split(" ")));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(command + " ended with " + status);
        }
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.service.ServiceNotice;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.DefinitionReader;

/** A watch beside other commands, on one kernel. Events wake it: the time between two looks is an hour. */
@Timeout(60)
class WatchTest {
    private final Console console = new Console();

    @TempDir
    Path directory;

    private String file = "";

    @BeforeEach
    void write() {
        console.named("netns-1");
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
    }

    private Console.Result run(String command, String... more) {
        String[] words = {command, "--state-dir", directory.resolve("state").toString(), "-f", file};
        String[] all = new String[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return console.run(all);
    }

    /** Does something to the kernel while a watch runs, and gives what the watch says first. */
    private String repairOf(Runnable harm) throws IOException {
        JournalOptions journals = new JournalOptions();
        journals.directory = directory.resolve("state");
        StringWriter err = new StringWriter();
        try (PipedReader read = new PipedReader(1 << 16);
                PrintWriter out = new PrintWriter(new PipedWriter(read), true);
                BufferedReader lines = new BufferedReader(read)) {
            Watch watch = new Watch(
                    console.kernel(),
                    journals,
                    Duration.ofSeconds(10),
                    Duration.ofHours(1),
                    ServiceNotice.none(),
                    out,
                    new PrintWriter(err, true));
            Wanted wanted = Wanted.of(
                    DefinitionReader.read(Path.of(file)),
                    DefinitionOptions.secrets().resolve(DefinitionReader.read(Path.of(file))));
            CompletableFuture<Void> listening = new CompletableFuture<>();
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                try {
                    watch.run(() -> {
                        listening.complete(null);
                        return wanted;
                    });
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            listening.join();
            // The first look takes the journal; when it is to be had again, that look has ended.
            assertThat(run("status").status()).isZero();
            assertThat(run("up", "--wait", "20", "nothing-of-that-name").status())
                    .isEqualTo(ExitCode.USAGE);
            harm.run();
            String first = lines.readLine();
            watch.end();
            running.join();
            assertThat(err.toString()).isEmpty();
            return first;
        }
    }

    @Test
    void aFlushedPolicyTableIsRestored() throws IOException {
        run("up");
        String before = run("status", "--json").out();

        assertThat(repairOf(() -> console.run("policy", "flush"))).isEqualTo("repaired home/net (up)");
        assertThat(run("status", "--json").out()).isEqualTo(before);
    }

    @Test
    void aDeletedInboundStateComesBack() throws IOException {
        run("up");

        assertThat(repairOf(() -> console.run("state", "deleteall", "proto", "esp", "dst", "192.168.0.100")))
                .isEqualTo("repaired home/net (up)");
        assertThat(run("status").out()).startsWith("home/net: UP");
    }

    @Test
    void blocksOfWhatIsDownComeBack() throws IOException {
        run("up");
        run("down");

        assertThat(repairOf(() -> console.run("policy", "flush"))).isEqualTo("repaired home/net (down)");
        assertThat(run("status").out()).startsWith("home/net: BLOCKED");
    }
}

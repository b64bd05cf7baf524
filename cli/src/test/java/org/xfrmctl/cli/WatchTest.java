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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.service.NotifyReceiver;
import org.xfrmctl.cli.service.ServiceNotice;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
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
                BufferedReader lines = new BufferedReader(read);
                NotifyReceiver manager = new NotifyReceiver(noticePath());
                ServiceNotice notice = ServiceNotice.of(Map.of("NOTIFY_SOCKET", noticePath()), err::write)) {
            Watch watch = new Watch(
                    console.kernel(),
                    journals,
                    Duration.ofSeconds(10),
                    Duration.ofHours(1),
                    notice,
                    out,
                    new PrintWriter(err, true));
            Wanted wanted = wanted();
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(watch, () -> wanted));
            // It is ready when its first look has ended.
            manager.next("READY=1");
            harm.run();
            String first = lines.readLine();
            watch.end();
            running.join();
            assertThat(err.toString()).isEmpty();
            return first;
        }
    }

    private String noticePath() {
        return directory.resolve("notify").toString();
    }

    private static void run(Watch watch, Watch.Definition definition) {
        try {
            watch.run(definition);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anInterfaceThatSomebodyDeletesComesBack() throws IOException {
        RouteKernel links = new RouteKernel();
        console.linkedBy(links);
        file = Definitions.write(directory, "carol.yaml", InterfaceRunsTest.GRE);
        assertThat(run("up").err()).isEmpty();

        assertThat(repairOf(() -> links.delete("gre1"))).isEqualTo("repaired the interfaces of home/net");
        assertThat(links.names()).containsExactly("gre1");
    }

    /** How many sockets were opened before each look, from the second on, when nothing happens. */
    private List<Integer> openings(String definition) {
        file = Definitions.write(directory, "carol.yaml", definition);
        assertThat(console.run("keygen", "-f", file).status()).isZero();
        JournalOptions journals = new JournalOptions();
        journals.directory = directory.resolve("state");
        journals.epochDirectory = directory.resolve("epochs");
        assertThat(run("up", "--epoch-dir", journals.epochDirectory.toString()).err())
                .isEmpty();
        AtomicInteger opened = new AtomicInteger();
        console.between(transport -> {
            opened.incrementAndGet();
            return transport;
        });
        StringWriter said = new StringWriter();
        Watch watch = often(journals, said);
        Wanted wanted = wanted();
        List<Integer> openings = new ArrayList<>();
        run(watch, () -> {
            openings.add(opened.get());
            if (openings.size() == 20) {
                watch.end();
            }
            return wanted;
        });
        assertThat(said.toString()).isEmpty();
        return openings.subList(1, 20);
    }

    @Test
    void upIsForWhatWasOnlyLockedDownAndNotForWhatWasTakenDown() {
        Wanted wanted = Wanted.withoutKeys(DefinitionReader.read(Path.of(file)));
        Set<ChildName> all = wanted.outline().names();

        assertThat(WatchCommand.withoutGoal(wanted, JournalRecord.EMPTY)).isEqualTo(all);
        assertThat(WatchCommand.withoutGoal(wanted, JournalRecord.EMPTY.aimed(Goal.LOCKDOWN, all, Set.of())))
                .isEqualTo(all);
        assertThat(WatchCommand.withoutGoal(wanted, JournalRecord.EMPTY.aimed(Goal.DOWN, all, Set.of())))
                .isEmpty();
    }

    @Test
    void aRunByANewerDefinitionIsNotUndone() {
        JournalOptions journals = new JournalOptions();
        journals.directory = directory.resolve("state");
        assertThat(run("up").err()).isEmpty();
        StringWriter said = new StringWriter();
        Watch watch = often(journals, said);
        Wanted old = wanted();
        AtomicInteger looks = new AtomicInteger();
        run(watch, new Watch.Definition() {
            @Override
            public Wanted wanted() {
                switch (looks.incrementAndGet()) {
                    case 2 -> {
                        file = Definitions.write(
                                directory, "carol.yaml", Definitions.GOOD.replace("10.1.0.0/16", "10.1.0.0/17"));
                        assertThat(run("up").err()).isEmpty();
                    }
                    case 4 -> {
                        watch.end();
                        return WatchTest.this.wanted();
                    }
                    default -> {}
                }
                return old;
            }

            @Override
            public boolean isCurrent() {
                return looks.get() > 3;
            }
        });

        assertThat(said.toString()).isEmpty();
        assertThat(console.run("policy", "list").out()).contains("10.1.0.0/17").doesNotContain("10.1.0.0/16");
    }

    /** A watch that looks as often as it can, and says what it says to one. */
    private Watch often(JournalOptions journals, StringWriter said) {
        PrintWriter out = new PrintWriter(said, true);
        return new Watch(
                console.kernel(),
                journals,
                Duration.ofSeconds(10),
                Duration.ofMillis(5),
                ServiceNotice.none(),
                out,
                out);
    }

    private Wanted wanted() {
        return Wanted.of(
                DefinitionReader.read(Path.of(file)),
                DefinitionOptions.secrets().resolve(DefinitionReader.read(Path.of(file))));
    }

    @Test
    void anIdleWatchAsksNothingOfTheKernel() {
        List<Integer> openings = openings(Definitions.GOOD);

        assertThat(openings).containsOnly(openings.get(0));
    }

    @Test
    void anIdleWatchOfDerivedKeysReadsTheirCountersAndNoMore() {
        List<Integer> openings = openings("""
                connections:
                  home:
                    local_addrs: 192.168.0.100
                    remote_addrs: 192.168.0.1
                    children:
                      net: { remote_ts: 10.1.0.0/16, keys: { derive: shared } }
                secrets:
                  shared: { file: shared.key }
                """);

        assertThat(openings.get(openings.size() - 1) - openings.get(0)).isEqualTo(openings.size() - 1);
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

    /** As {@code watch --up}, which then ends because the place of its socket is taken. */
    @Test
    void whatIsInTheWayOfOneChildKeepsNoOtherDown() {
        String office = """
                  office:
                    local_addrs: 192.168.0.100
                    remote_addrs: 192.168.0.2
                    children:
                      lan:
                        local_ts: 192.168.0.100/32
                        remote_ts: 10.9.0.0/16
                        mode: tunnel
                        esp_proposals: aes128gcm16
                        sas:
                          out: { spi: 0xc2000001, key: to-office }
                          in:  { spi: 0xc2000002, key: from-office }
                secrets:
                  to-office: { file: to-office.key }
                  from-office: { file: from-office.key }
                """;
        for (String name : List.of("to-office", "from-office")) {
            Path key = directory.resolve(name + ".key");
            Definitions.file(key, (name.startsWith("to") ? "ab" : "cd").repeat(20) + "\n");
            Definitions.mode(key, "rw-------");
        }
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD.replace("secrets:\n", office));
        String foreign = "add src 192.168.0.2 dst 192.168.0.100 proto esp spi 0xc2000002 mode tunnel aead"
                + " rfc4106(gcm(aes)) 0x" + "11".repeat(20) + " 128";
        List<String> words = new ArrayList<>(List.of("state"));
        words.addAll(List.of(foreign.split(" ", -1)));
        assertThat(console.run(words.toArray(String[]::new)).err()).isEmpty();

        Console.Result result = run("watch", "--up", "--control", file);

        assertThat(result.err()).contains("0xc2000002").contains(file + ": is there and no socket");
        assertThat(run("status").out()).contains("home/net: UP").contains("office/lan: BLOCKED");
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.cli.control.ControlLimits;
import org.xfrmctl.cli.service.ServiceNotice;
import org.xfrmctl.manager.rekey.Wanted;
import picocli.CommandLine;

/** A watch that is asked, on a userspace kernel: {@code ask COMMAND} is the command. */
@Timeout(60)
class AskTest {
    private final Console console = new Console();
    private final StringWriter log = new StringWriter();
    private final StringWriter troubles = new StringWriter();
    private final ExecutorService clients = Executors.newFixedThreadPool(200);

    @TempDir
    Path directory;

    private Path definitionFile = Path.of("");
    private WatchControl control;
    private Watch watch;
    private WatchedDefinition definition;
    private CompletableFuture<Void> watching;

    /** As {@code watch --state-dir … -f …} does it, without its signals. */
    @BeforeEach
    void begin() {
        console.named("netns-1");
        definitionFile = Path.of(Definitions.write(directory, "carol.yaml", Definitions.GOOD));
        WatchCommand command = new WatchCommand(console.kernel());
        new CommandLine(command).parseArgs("-f", definitionFile.toString(), "--state-dir", state().toString());
        PrintWriter out = new PrintWriter(log, true);
        PrintWriter err = new PrintWriter(troubles, true);
        Duration patience = Duration.ofSeconds(20);
        watch = new Watch(
                console.kernel(), command.journal, patience, Duration.ofHours(1), ServiceNotice.none(), out, err);
        definition = new WatchedDefinition(
                command.options, console.kernel(), command.journal, ServiceNotice.none(), out, err, watch::wake);
        definition.begin();
        control = WatchControl.open(
                        command.control,
                        command.journal.makePlace(console.kernel()).map(place -> place.resolve("control")),
                        new ControlCommands(
                                console.kernel(), command.options.files, command.journal, definition, watch::wake),
                        new ControlLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 16, 240),
                        patience,
                        err::println)
                .orElseThrow();
        watching = CompletableFuture.runAsync(() -> {
            try {
                watch.run(definition);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @AfterEach
    void end() {
        watch.end();
        watching.join();
        control.close();
        clients.shutdown();
        assertThat(state().resolve("netns-1/control")).doesNotExist();
    }

    private Path state() {
        return directory.resolve("state");
    }

    private Console.Result ask(String... words) {
        List<String> all = new ArrayList<>(List.of("ask", "--state-dir", state().toString()));
        all.addAll(List.of(words));
        return console.run(all.toArray(String[]::new));
    }

    private Console.Result run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(1, List.of("-f", definitionFile.toString()));
        if (!words[0].equals("check")) {
            all.addAll(1, List.of("--state-dir", state().toString()));
        }
        return console.run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status --json",
                "status home/net",
                "status nobody",
                "counters",
                "counters --json home",
                "plan",
                "plan --json",
                "plan --for down",
                "plan --nonsense",
                "check",
                "down nobody",
            })
    void theAnswerIsWhatTheCommandPrints(String command) {
        assertThat(ask("up").status()).isZero();

        assertThat(ask(command.split(" ", -1))).isEqualTo(run(command.split(" ", -1)));
    }

    @Test
    void aWatchThatAnswersIsHealthyWhateverItsChildrenAre() throws IOException {
        String[] health = {"health", "--state-dir", state().toString()};
        assertThat(console.run(health)).isEqualTo(ask("status"));
        assertThat(console.run(health).out()).startsWith("home/net: DOWN");
        assertThat(ask("up").status()).isZero();
        assertThat(console.run(health).out()).startsWith("home/net: UP");

        Files.writeString(definitionFile, "connections: nonsense");
        Console.Result broken = console.run(health);
        assertThat(broken.status()).isEqualTo(ExitCode.FAILED);
        assertThat(broken.err()).isEqualTo(ask("status").err()).isNotEmpty();
    }

    @Test
    void changesAreMadeByTheWatch() {
        assertThat(ask("up").out()).contains("+ state").endsWith("up: home/net\n");
        assertThat(ask("status").out()).startsWith("home/net: UP");
        assertThat(ask("trap").out()).contains("- state").endsWith("trapped: home/net\n");
        assertThat(run("status").out()).startsWith("home/net: TRAPPED");
        assertThat(ask("down", "home").out()).endsWith("down: home/net, its traffic is blocked (on_down: block)\n");
        assertThat(run("status").out()).startsWith("home/net: BLOCKED");
        assertThat(console.run("version")).isEqualTo(ask("version"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f", "--file=other.yaml", "-fother.yaml", "--state-dir", "--epoch-dir"})
    void placesAreTheWatchsOwn(String option) {
        Console.Result result = option.contains("other") ? ask("status", option) : ask("status", option, "other");

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("cannot be given to a watch, which has its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch", "ask", "state", "keygen", "batch", "daemon", "mirror", "--trace", "-h", ""})
    void otherCommandsCannotBeAsked(String command) {
        // Behind "--" a word is a command, whatever it looks like.
        Console.Result result = ask("--", command);

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("is nothing that a watch can be asked")
                .contains("status, counters, plan");
    }

    @Test
    void changesAtOnceAreMadeOneAfterTheOther() {
        List<CompletableFuture<Console.Result>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String command = i % 2 == 0 ? "up" : "down";
            asked.add(CompletableFuture.supplyAsync(() -> ask(command, "--wait", "30"), clients));
        }
        asked.forEach(each -> assertThat(each.join().err()).isEmpty());
        assertThat(ask("status").out()).containsPattern("^home/net: (UP|BLOCKED)");
        assertThat(troubles.toString()).isEmpty();
    }

    @Test
    void whoWaitsTooLongForAnotherRunIsToldSo() {
        JournalOptions journal = new JournalOptions();
        journal.directory = state();
        try (var held = journal.open(console.kernel(), Duration.ofSeconds(20))) {
            assertThat(held.read().goals()).isEmpty();
            Console.Result result = ask("up", "--wait", "0");

            assertThat(result.status()).isEqualTo(ExitCode.FAILED);
            assertThat(result.err()).contains("is changing these tables and has not ended within 0 s");
        }
    }

    @Test
    void aDriftIsRepairedWhileTwoHundredAsk() {
        ask("up");
        console.run("policy", "flush");
        List<CompletableFuture<Console.Result>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(CompletableFuture.supplyAsync(() -> ask("status"), clients));
        }
        asked.forEach(each -> assertThat(each.join().status()).isZero());
        // The look is asked for once more, and is over when the journal is to be had again.
        while (!ask("status").out().startsWith("home/net: UP")) {
            Thread.onSpinWait();
        }
        // It is up before it is told.
        while (!log.toString().contains("repaired home/net (up)")) {
            Thread.onSpinWait();
        }
        assertThat(troubles.toString()).isEmpty();
    }

    @Test
    void aReloadAnswersWithThePlan() {
        ask("up");
        JournalOptions journal = new JournalOptions();
        journal.directory = state();
        // Who has the journal keeps the watch from carrying the plan out.
        try (var held = journal.open(console.kernel(), Duration.ofSeconds(20))) {
            assertThat(held.read().goals()).isNotEmpty();
            Definitions.file(definitionFile, Definitions.GOOD.replace("10.1.0.0", "10.2.0.0"));
            Console.Result plan = run("plan");

            Console.Result reloaded = ask("reload");

            assertThat(reloaded.status()).isZero();
            assertThat(plan.out()).contains("10.2.0.0/16");
            assertThat(reloaded.out()).endsWith("was read again\n" + plan.out());
            assertThat(log.toString()).contains(plan.out()).doesNotContain(Definitions.OUT_KEY);
        }
    }

    @Test
    void whatIsDownIsNotInThePlanOfAReload() {
        Definitions.file(definitionFile, Definitions.GOOD.replace("10.1.0.0", "10.2.0.0"));

        assertThat(ask("reload").out()).isEqualTo("the definition was read again\nnothing to do\n");
    }

    /** Else the watch would bring back, by the old secret, what "up" replaced. */
    @Test
    void afterUpTheWatchKnowsTheSecretsThatUpRead() {
        Wanted before = definition.wanted();
        Definitions.file(directory.resolve("carol-moon.key"), "ab".repeat(20) + "\n");

        assertThat(ask("up").err()).isEmpty();

        assertThat(definition.isInForce(before)).isFalse();
        assertThat(definition.wanted()).isNotSameAs(before);
    }

    @Test
    void aSecretThatIsSlowToComeHoldsUpNobody() throws IOException, InterruptedException {
        Wanted before = definition.wanted();
        Path slow = directory.resolve("slow");
        assertThat(new ProcessBuilder("mkfifo", slow.toString()).start().waitFor())
                .isZero();
        Definitions.file(
                definitionFile,
                Definitions.GOOD.replace(
                        "carol-moon: { file: carol-moon.key }", "carol-moon: { command: [cat, " + slow + "] }"));

        assertThat(definition.wanted()).isSameAs(before);
        assertThat(definition.wanted()).isSameAs(before);
        assertThat(ask("version").status()).isZero();
        // To open it waits for the command, so it is under way.
        Files.writeString(slow, Definitions.OUT_KEY + "\n");
        while (definition.wanted() == before) {
            Thread.onSpinWait();
        }
        assertThat(troubles.toString()).isEmpty();
    }

    @Test
    void aDefinitionThatIsRefusedIsATroubleUntilItIsGoodAgain() {
        Definitions.file(definitionFile, "connections: [");
        Wanted known = definition.wanted();
        assertThat(definition.trouble()).get().asString().contains("carol.yaml:");

        Definitions.file(definitionFile, Definitions.GOOD);
        assertThat(definition.wanted()).isSameAs(known);
        assertThat(definition.trouble()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"up --wait 61", "up --wait=2000000000", "rekey --phase finish --drain 61", "status --trace"})
    void whatWouldTakeMoreThanItsShareIsRefusedByName(String command) {
        Console.Result result = ask(command.split(" ", -1));

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .containsPattern("--(wait \\d+|drain \\d+|trace) (is too long for|cannot be given to) a watch");
    }

    @Test
    void aChangedFileIsToldWithItsPlan() {
        ask("up");
        Definitions.file(definitionFile, Definitions.GOOD.replace("10.1.0.0", "10.3.0.0"));
        watch.wake();

        while (!log.toString().contains("repaired home/net (up)\n")) {
            Thread.onSpinWait();
        }
        assertThat(log.toString())
                .startsWith("the definition has changed and was read again\n")
                .containsSubsequence("10.3.0.0/16", "repaired home/net (up)\n", "10.3.0.0/16");
        assertThat(troubles.toString()).isEmpty();
    }

    @Test
    void aBadDefinitionLeavesTheLastGoodOneInForce() {
        ask("up");
        Definitions.file(definitionFile, "connections: [");

        Console.Result reloaded = ask("reload");

        assertThat(reloaded.status()).isEqualTo(ExitCode.FAILED);
        assertThat(reloaded.err()).contains("carol.yaml:").endsWith("the definition as it was stays in force\n");
        assertThat(ask("reload", "now").status()).isEqualTo(ExitCode.USAGE);
        Definitions.file(definitionFile, Definitions.GOOD);
        assertThat(ask("reload").out()).endsWith("was read again\nnothing to do\n");
    }

    @Test
    void aReloadReadsSecretsAgain() {
        Path key = directory.resolve("carol-moon.key");
        Definitions.file(key, "no key\n");

        assertThat(ask("reload").err()).contains("carol-moon").doesNotContain("no key");
        Definitions.file(key, Definitions.OUT_KEY + "\n");
        assertThat(ask("reload").status()).isZero();
    }

    @Test
    void withoutAWatchItSaysWhatToDo() {
        Path nowhere = directory.resolve("nowhere");
        Console.Result result = console.run("ask", "--control", nowhere.toString(), "status");

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errors().get(0)).startsWith("xfrmctl: no watch could be asked at " + nowhere);
        assertThat(result.err()).contains("is \"xfrmctl watch\" running");
        assertThat(console.run("ask").status()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatIsNotAnsweredToTheEndMayHaveBeenDone() throws IOException {
        Path place = directory.resolve("rude");
        try (ServerSocketChannel rude = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            rude.bind(UnixDomainSocketAddress.of(place));
            CompletableFuture<Void> hangingUp = CompletableFuture.runAsync(
                    () -> {
                        try {
                            rude.accept().close();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    clients);
            Console.Result result = console.run("ask", "--control", place.toString(), "up");
            hangingUp.join();

            assertThat(result.status()).isEqualTo(ExitCode.FAILED);
            assertThat(result.err())
                    .contains("the watch at " + place + " did not answer to the end")
                    .contains("may have been carried out");
        }
    }

    @Test
    void aSecondWatchDoesNotTakeTheSocketAway() {
        Console.Result second =
                console.run("watch", "-f", definitionFile.toString(), "--state-dir", state().toString());

        assertThat(second.status()).isEqualTo(ExitCode.FAILED);
        assertThat(second.err()).contains("control: another program answers there");
        assertThat(Files.exists(state().resolve("netns-1/control"))).isTrue();
        assertThat(ask("status").status()).isZero();
    }

    @Test
    void aGroupNeedsAPlaceAndHasToBeThere() {
        String[] watchWithGroup = {
            "watch", "-f", definitionFile.toString(), "--state-dir", state().toString(), "--group"
        };
        List<String> words = new ArrayList<>(List.of(watchWithGroup));
        words.add("no-such-group");
        assertThat(console.run(words.toArray(String[]::new)).err()).contains("without --control PATH");
        words.addAll(List.of("--control", directory.resolve("other").toString()));
        assertThat(console.run(words.toArray(String[]::new)).err()).contains("there is no group no-such-group");
        assertThat(directory.resolve("other")).doesNotExist();
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
        WatchedDefinition definition = new WatchedDefinition(
                command.options, console.kernel(), command.journal, ServiceNotice.none(), out, err);
        definition.wanted();
        Duration patience = Duration.ofSeconds(20);
        watch = new Watch(
                console.kernel(), command.journal, patience, Duration.ofHours(1), ServiceNotice.none(), out, err);
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
                watch.run(definition::wanted);
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
    void changesAreMadeByTheWatch() {
        assertThat(ask("up").out()).contains("+ state").endsWith("up: home/net\n");
        assertThat(ask("status").out()).startsWith("home/net: UP");
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
        assertThat(log.toString()).contains("repaired home/net (up)");
        assertThat(troubles.toString()).isEmpty();
    }

    @Test
    void aReloadAnswersWithThePlan() {
        Definitions.file(definitionFile, Definitions.GOOD.replace("10.1.0.0", "10.2.0.0"));
        Console.Result plan = run("plan");

        Console.Result reloaded = ask("reload");

        assertThat(reloaded.status()).isZero();
        assertThat(reloaded.out()).endsWith("was read again\n" + plan.out());
        assertThat(log.toString()).contains(plan.out()).doesNotContain(Definitions.OUT_KEY);
    }

    @Test
    void aChangedFileIsToldWithItsPlan() {
        // Nothing is up, so the watch has nothing to do about it.
        Definitions.file(definitionFile, Definitions.GOOD.replace("10.1.0.0", "10.3.0.0"));
        String plan = run("plan").out();
        watch.wake();

        while (!log.toString().equals("the definition has changed and was read again\n" + plan)) {
            Thread.onSpinWait();
        }
        assertThat(plan).contains("10.3.0.0/16");
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

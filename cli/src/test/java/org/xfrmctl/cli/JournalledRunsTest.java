package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one command leaves for the next to know. */
class JournalledRunsTest {
    private final Console console = new Console();

    @TempDir
    Path directory;

    private String file = "";
    private String other = "";
    private Path journal = Path.of("");

    @BeforeEach
    void write() {
        console.named("netns-1");
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
        other = Definitions.write(directory, "other.yaml", Definitions.GOOD.replace("home:", "work:"));
        journal = directory.resolve("state/netns-1/journal");
    }

    private Console.Result run(String command, String definition, String... more) {
        String[] words = {command, "--state-dir", directory.resolve("state").toString(), "-f", definition};
        String[] all = new String[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return console.run(all);
    }

    @Test
    void aChildThatIsNotDefinedAnyMoreCanBeTakenDown() throws IOException {
        assertThat(run("up", file).status()).isZero();
        run("down", file);
        assertThat(Files.readString(journal))
                .contains("own home/net policy")
                .doesNotContain("own home/net state", "run ");

        Console.Result status = run("status", other);
        assertThat(status.out())
                .contains("home/net: not defined any more, but the kernel holds 3 objects of it: \"apply\" or"
                        + " \"down home/net\" removes them");
        assertThat(run("plan", other, "--for", "apply").out())
                .contains("~ policy")
                .doesNotContain("- policy");
        Console.Result down = run("down", other, "home/net");
        assertThat(down.err()).isEmpty();
        assertThat(down.out()).endsWith("removed: home/net, which is not defined any more\n");
        assertThat(console.run("policy").out()).isEmpty();
        assertThat(Files.readString(journal)).doesNotContain("own ");
    }

    @Test
    void aNewNameNeedsNewSpisOrADownOfTheOldOne() throws IOException {
        run("up", file);
        String states = console.run("state", "-o").out();

        Console.Result apply = run("apply", other);

        assertThat(apply.status()).as(apply.err()).isEqualTo(ExitCode.FAILED);
        assertThat(apply.err()).contains("is in use by a state of home/net, which is not defined any more");
        assertThat(console.run("state", "-o").out()).isEqualTo(states);
        run("down", other, "home/net");
        assertThat(run("apply", other).status()).isZero();
    }

    @Test
    void lockdownStopsWhatIsNotUp() {
        Console.Result lockdown = run("lockdown", file);

        assertThat(lockdown.out()).endsWith("locked down: home/net\n");
        assertThat(run("status", file).out()).contains("home/net: BLOCKED");
        assertThat(run("up", file).status()).isZero();
        assertThat(run("lockdown", file).out()).isEqualTo("locked down: home/net\n");
        assertThat(run("status", file).out()).contains("home/net: UP");
        assertThat(run("plan", file, "--for", "lockdown").out()).isEqualTo("nothing to do\n");
    }

    @Test
    void blocksToWhichNoInterfaceLeadsAreThereWithAWarning() throws IOException {
        String led = Definitions.write(
                Files.createDirectory(directory.resolve("led")),
                "carol.yaml",
                Definitions.GOOD.replace("mode: tunnel", "interface: ipsec0")
                        + "interfaces:\n  ipsec0: { type: xfrm, if_id: 42 }\n");
        Console.Result lockdown = run("lockdown", led);

        assertThat(lockdown.status()).isZero();
        assertThat(lockdown.err())
                .contains("warning: no packet is led to the blocks by interface ipsec0: this kernel has no interfaces");
        assertThat(lockdown.out()).endsWith("locked down: home/net\n");
        assertThat(run("trap", led).err()).contains("this kernel has no interfaces");
    }

    @Test
    void noSecretIsNeededToStopTraffic() throws IOException {
        String bare =
                Definitions.write(Files.createDirectory(directory.resolve("bare")), "carol.yaml", Definitions.GOOD);
        Files.delete(directory.resolve("bare/carol-moon.key"));

        assertThat(run("up", bare).status()).isEqualTo(ExitCode.FAILED);
        assertThat(run("plan", bare, "--for", "lockdown").status()).isEqualTo(ExitCode.CHANGES);
        assertThat(run("lockdown", bare).out()).endsWith("locked down: home/net\n");
        run("up", file);
        assertThat(run("down", bare).out()).endsWith("down: home/net, its traffic is blocked (on_down: block)\n");
    }

    @Test
    void anInterruptedRunIsTold() throws IOException {
        run("up", file);
        String begun = Files.readString(journal);
        Files.writeString(journal, begun.replaceFirst("\n", "\nrun home/net up 4194305 2026-11-25T12:00:00Z\n"));

        assertThat(run("status", file).out())
                .endsWith(
                        "home/net: \"up\", begun by process 4194305 at 2026-11-25T12:00:00Z, was interrupted: run it again,"
                                + " or \"down\"\n");
        run("up", file);
        assertThat(Files.readString(journal)).isEqualTo(begun);
    }

    @Test
    void withoutAJournalNothingIsChanged() throws IOException {
        Files.createFile(directory.resolve("state"));

        Console.Result up = run("up", file);

        assertThat(up.status()).isEqualTo(ExitCode.FAILED);
        assertThat(up.errors().get(0))
                .startsWith("xfrmctl: cannot use the journal")
                .contains("--state-dir");
        assertThat(console.run("policy").out()).isEmpty();
    }

    @Test
    void whoeverOnlyLooksDoesWithoutTheJournal() throws IOException {
        Files.createFile(directory.resolve("state"));
        for (String command : new String[] {"plan", "status"}) {
            Console.Result result = run(command, file);
            assertThat(result.out()).isNotEmpty();
            assertThat(result.errors()).singleElement().asString().startsWith("warning: cannot read the journal");
        }
    }

    @Test
    void lockdownRunsWithABadJournal() throws IOException {
        run("up", file);
        Files.writeString(journal, "{}");

        assertThat(run("up", file).err()).contains("journal:1: expected ").contains("\"lockdown\" does so");
        Console.Result lockdown = run("lockdown", file);

        assertThat(lockdown.status()).isZero();
        assertThat(lockdown.err()).contains("warning: ").contains("it was moved to ");
        assertThat(journal.resolveSibling("journal.bad")).hasContent("{}");
        assertThat(Files.readString(journal)).contains("own home/net state");
    }

    @Test
    void aNameIsEnoughWhenTheLastDefinitionIsGone() throws IOException {
        run("up", file);
        String empty = Files.createDirectory(directory.resolve("empty")).toString();

        assertThat(run("apply", empty).err()).contains("connections: {}");
        assertThat(run("down", empty, "home/nit").err()).contains("did you mean \"home/net\"?");
        assertThat(run("down", empty, "home").out()).endsWith("removed: home/net, which is not defined any more\n");
        assertThat(console.run("policy").out()).isEmpty();

        run("up", file);
        String nothing = Definitions.write(directory, "nothing.yaml", "connections: {}\n");
        assertThat(run("apply", nothing).out()).endsWith("removed: home/net, which is not defined any more\n");
        assertThat(console.run("state").out()).isEmpty();
    }

    @Test
    void aRunOfAChildThatIsNotDefinedIsToldAndEnded() throws IOException {
        run("up", other);
        String begun = Files.readString(journal);
        Files.writeString(journal, begun.replaceFirst("\n", "\nrun home/net up 4194305 2026-11-25T12:00:00Z\n"));

        assertThat(run("status", other, "work").out()).doesNotContain("home/net");
        assertThat(run("status", other, "--json").out()).contains("\"under_way\" : false", "\"UNDEFINED\"");
        assertThat(run("down", other, "home/net").status()).isZero();
        assertThat(Files.readString(journal)).isEqualTo(begun);
    }

    @Test
    void onlyWhoWaitsHasAPatience() {
        for (String command : new String[] {"plan", "status"}) {
            assertThat(run(command, file, "--wait", "1").status()).isEqualTo(ExitCode.USAGE);
        }
        assertThat(run("up", file, "--wait", "1").status()).isZero();
    }

    @Test
    void goalsHaveNames() {
        Console.Result plan = run("plan", file, "--for", "upp");

        assertThat(plan.status()).isEqualTo(ExitCode.USAGE);
        assertThat(plan.err()).contains("\"upp\" is none of up, down, apply, lockdown");
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.render.SchemaFiles;

/** {@code rekey} as people use it: by phases, and with derived keys. */
class RekeyCommandTest {
    private static final String DERIVED = """
            connections:
              home:
                local_addrs: 192.168.0.100
                remote_addrs: 192.168.0.1
                children:
                  net:
                    remote_ts: 10.1.0.0/16
                    keys: { derive: shared }
            secrets:
              shared: { file: shared.key }
            """;

    private final Console console = new Console();

    @TempDir
    Path directory;

    private String old = "";
    private String young = "";
    private String derived = "";

    @BeforeEach
    void write() throws IOException {
        console.named("netns-1");
        old = Definitions.write(directory, "old.yaml", Definitions.GOOD);
        young = Definitions.write(
                directory,
                "new.yaml",
                Definitions.GOOD
                        .replace("0xc10000", "0xc20000")
                        .replace("carol-moon", "carol-moon-2")
                        .replace("moon-carol", "moon-carol-2"));
        derived = Files.writeString(directory.resolve("derived.yaml"), DERIVED).toString();
        for (String file : List.of(young, derived)) {
            assertThat(console.run("keygen", "-f", file).status()).isZero();
        }
    }

    private Console.Result run(String command, String definition, String... more) {
        List<String> words = new ArrayList<>(List.of(
                command,
                "--state-dir",
                directory.resolve("state").toString(),
                "--epoch-dir",
                directory.resolve("epochs").toString(),
                "-f",
                definition));
        words.addAll(List.of(more));
        return console.run(words.toArray(String[]::new));
    }

    @Test
    void programsAreTold() {
        run("up", old);

        String told = run("rekey", young, "--phase", "inbound", "--json").out();
        SchemaFiles.assertValid("run", told);
        assertThat(told).contains("\"done\" : \"rekey-inbound\"", "\"action\" : \"add\"");
        SchemaFiles.assertValid(
                "run", run("rekey", young, "--phase", "undo", "--json").out());
    }

    @Test
    void phaseByPhase() {
        run("up", old);

        Console.Result inbound = run("rekey", young, "--phase", "inbound");
        assertThat(inbound.err()).isEmpty();
        assertThat(inbound.out()).contains("+ state").doesNotContain("- ").endsWith("accepts new: home/net\n");
        assertThat(run("rekey", young, "--phase", "outbound").out()).endsWith("sends new: home/net\n");
        Console.Result early = run("rekey", young, "--phase", "finish", "--drain", "0");
        assertThat(early.status()).isEqualTo(ExitCode.FAILED);
        assertThat(early.err())
                .contains("the old states stay: home/net: no packet has come by the new inbound states")
                .contains("--force");
        assertThat(run("rekey", young, "--phase", "finish", "--force").out())
                .contains("- state")
                .doesNotContain("+ ")
                .endsWith("rekeyed: home/net\n");
        assertThat(run("status", young).out()).startsWith("home/net: UP");
    }

    @Test
    void aPhaseOutOfTurnChangesNothing() {
        run("up", old);
        String before = console.tables();

        Console.Result outbound = run("rekey", young, "--phase", "outbound");

        assertThat(outbound.status()).isEqualTo(ExitCode.FAILED);
        assertThat(outbound.err()).contains("run \"rekey --phase inbound\" at both ends first");
        assertThat(console.tables()).isEqualTo(before);
    }

    @Test
    void undoGoesBack() {
        run("up", old);
        run("rekey", young, "--phase", "inbound");
        run("rekey", young, "--phase", "outbound");

        assertThat(run("rekey", young, "--phase", "undo").out())
                .endsWith(
                        "back to old: home/net, and its new keys may have been used: give others before the next rekey\n");
        assertThat(run("status", old).out()).startsWith("home/net: UP");
    }

    @Test
    void derivedKeysGoFromEpochToEpoch() throws IOException {
        assertThat(run("up", derived).err()).isEmpty();
        assertThat(run("status", derived).out())
                .contains("home/net: UP")
                .contains(", epoch 1\n")
                .contains("(another epoch)");
        assertThat(run("rekey", derived).out())
                .contains("+ state")
                .contains("- state")
                .endsWith("up: home/net\n");
        assertThat(run("status", derived).out()).contains(", epoch 2\n");
        assertThat(Files.readString(directory.resolve("epochs/epochs")))
                .isEqualTo("xfrmctl epochs 1\nhome/net 192.168.0.100 192.168.0.1 2\n");

        Console.Result further = run("rekey", derived);
        assertThat(further.status()).isEqualTo(ExitCode.FAILED);
        assertThat(further.err()).contains("nothing has come from the peer since it was in epoch 1");

        run("down", derived);
        run("up", derived);
        assertThat(run("status", derived).out()).as("a key never comes back").contains(", epoch 4\n");
    }

    @Test
    void whatWasNotedCannotBeLostByChance() throws IOException {
        run("up", derived);
        Files.writeString(directory.resolve("epochs/epochs"), "");

        Console.Result up = run("up", derived);

        assertThat(up.status()).isEqualTo(ExitCode.FAILED);
        assertThat(up.err()).contains("epochs:1: expected \"xfrmctl epochs 1\", found nothing");
    }

    @Test
    void eachKindOfKeysHasItsOwnWay() {
        assertThat(run("rekey", old).err()).contains("the keys of home/net are written down, so it takes three phases");
        Console.Result phase = run("rekey", derived, "--phase", "inbound");
        assertThat(phase.status()).isEqualTo(ExitCode.USAGE);
        assertThat(phase.err()).contains("the keys of home/net are derived, so there are no phases: leave --phase out");
        assertThat(run("rekey", old, "--phase", "sideways").err())
                .contains("\"sideways\" is none of inbound, outbound, finish, undo");
    }
}

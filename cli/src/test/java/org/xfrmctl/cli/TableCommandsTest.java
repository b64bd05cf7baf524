package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.netlink.Errno;

/** {@code xfrmctl state} and {@code xfrmctl policy}: the language of {@code ip xfrm}. */
class TableCommandsTest {
    private static final String KEY = " aead rfc4106(gcm(aes)) 0x" + Definitions.OUT_KEY + " 128";

    private final Console console = new Console();

    private Console.Result run(String command) {
        return console.run(command.split(" "));
    }

    private void done(String command) {
        assertThat(run(command)).isEqualTo(new Console.Result(0, "", ""));
    }

    /** Three states and two policies; the third state and the second policy have an if_id. */
    private void some() {
        done("state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1001 mode tunnel mark 7" + KEY);
        done("state add src 2001:db8::1 dst 2001:db8::2 proto esp spi 0x1002" + KEY);
        done("state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1003 if_id 42" + KEY);
        done("policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out tmpl proto esp reqid 1 mode transport");
        done("policy add dir in action block priority 9 if_id 42 mark 7/7");
    }

    @ParameterizedTest
    @CsvSource({
        "state, 0x00001003 0x00001002 0x00001001",
        "state list if_id 42, 0x00001003",
        "state list mark 7, 0x00001001",
        "state -6, 0x00001002",
        "state list src 192.0.2.1, 0x00001003 0x00001001",
        "state list mode tunnel, 0x00001001",
        "state list proto ah, ''",
        "state get dst 2001:db8::2 proto esp spi 0x1002, 0x00001002"
    })
    void statesAreChosen(String command, String spis) {
        some();
        Console.Result result = run(command);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()
                        .lines()
                        .filter(line -> line.contains(" spi "))
                        .map(line -> line.replaceAll(".* spi (\\S+) .*", "$1")))
                .containsExactly(spis.isEmpty() ? new String[0] : spis.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "policy, 2",
        "policy list if_id 42, 1",
        "policy list mark 7/7, 1",
        "policy list mark 8, 0",
        "policy list dir out, 1",
        "policy -6 list, 0",
        "policy get dir in if_id 42 mark 7 mask 7 src 0.0.0.0/0 dst 0.0.0.0/0, 1"
    })
    void policiesAreChosen(String command, int count) {
        some();
        Console.Result result = run(command);

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().filter(line -> line.startsWith("src "))).hasSize(count);
    }

    @Test
    void theyAreCounted() {
        some();

        assertThat(run("state count").out()).isEqualTo("\t SAD count 3\n");
        assertThat(run("policy count").out()).isEqualTo("\t SPD IN  1 OUT 1 FWD 0\n");
        assertThat(run("policy -s -s count").out()).contains("(Sock: IN 0 OUT 0 FWD 0)", "IPv6 thresholds");
    }

    @Test
    void thoseThatMatchAreDeleted() {
        some();

        assertThat(run("state deleteall if_id 42")).isEqualTo(new Console.Result(0, "", "1 state deleted\n"));
        assertThat(run("state deleteall src 192.0.2.0/24")).isEqualTo(new Console.Result(0, "", "1 state deleted\n"));
        assertThat(run("state").out()).contains("0x00001002").doesNotContain("0x00001001", "0x00001003");
        assertThat(run("policy deleteall dir out")).isEqualTo(new Console.Result(0, "", "1 policy deleted\n"));
        assertThat(run("policy deleteall")).isEqualTo(new Console.Result(0, "", "1 policy deleted\n"));
        assertThat(run("policy").out()).isEmpty();
    }

    /** {@code ip} deletes what fits into a buffer at a time. */
    @Test
    void allAreDeletedHoweverMany(@TempDir Path directory) {
        String adds = IntStream.range(0, 3000)
                .mapToObj(i -> "policy add dst 10." + i / 250 + "." + i % 250 + ".0/24 dir out\n")
                .collect(Collectors.joining());
        Path file = directory.resolve("many");
        Definitions.file(file, adds);
        run("batch " + file);

        assertThat(run("policy deleteall")).isEqualTo(new Console.Result(0, "", "3000 policies deleted\n"));
        assertThat(run("policy").out()).isEmpty();
    }

    /** The second request is refused, and its larval state stays. */
    @Test
    void whatCannotBeNamedIsLeft() {
        String allocation = "state allocspi src 192.0.2.1 dst 192.0.2.2 proto esp min 0x100 max 0x100";
        assertThat(run(allocation).status()).isZero();
        assertThat(run(allocation).status()).isEqualTo(ExitCode.FAILED);

        Console.Result json = run("state deleteall --json");
        assertThat(json.status()).isEqualTo(ExitCode.FAILED);
        assertThat(json.out()).isEqualTo("{\n  \"deleted\" : 1,\n  \"left\" : 1\n}\n");
        assertThat(json.errors())
                .containsExactly(
                        "xfrmctl: 1 larval state has no SPI to be deleted by: \"state flush\" takes them too, or they"
                                + " expire",
                        "1 state deleted");
    }

    @Test
    void anSpiIsPrinted() {
        assertThat(run("state allocspi dst 192.0.2.2 proto esp min 0x500 max 0x500")
                        .out())
                .contains("proto esp spi 0x00000500 reqid 0 mode transport");
    }

    @Test
    void defaultsAreSetAndPrinted() {
        done("policy setdefault fwd block");

        assertThat(run("policy getdefault").out())
                .isEqualTo("Default policies:\n in:  accept\n fwd: block\n out: accept\n");
    }

    @Test
    void refusalsSayWhatIsInTheWay() {
        some();

        assertThat(run("policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out").errors())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("  in the way: src 10.1.0.0/16"));
        assertThat(run("state get dst 192.0.2.9 proto esp spi 1").errors().get(0))
                .isEqualTo("xfrmctl: get state dst 192.0.2.9 proto esp spi 0x00000001: ESRCH (No such process)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            policy frob            | word 2: found "frob"; a command is one of add
            state list spy 5       | word 3: found "spy"; did you mean "spi"?
            state add dst ::1      | word 4: proto is missing
            policy --ip-version 9  | --ip-version "9" is none of 6.1, 6.2, 6.11, 6.19
            policy -4 -6           | -4, -6 exclude each other
            """)
    void wrongWordsAreNamed(String command, String problem) {
        Console.Result result = run(command);

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains(problem);
    }

    /** A key on a command line is seen by every user of the machine. */
    @Test
    void aKeyMayStandInAFile(@TempDir Path directory) {
        Path file = directory.resolve("carol.key");
        Definitions.file(file, Definitions.OUT_KEY);
        String add = "state add dst 192.0.2.2 proto esp spi 5 aead rfc4106(gcm(aes)) @" + file + " 128";

        Console.Result open = run(add);
        Definitions.mode(file, "rw-------");

        assertThat(open.status()).isEqualTo(ExitCode.USAGE);
        assertThat(open.err()).contains("others than its owner have access");
        done(add);
        assertThat(run("state --show-keys").out()).contains("0x" + Definitions.OUT_KEY + " 128");
    }

    private JsonNode json(String command) throws JsonProcessingException {
        return new ObjectMapper().readTree(run(command).out());
    }

    @Test
    void programsGetJson() throws JsonProcessingException {
        some();

        assertThat(json("state --json")).hasSize(3);
        assertThat(json("state --json list if_id 42").get(0).get("spi").asText())
                .isEqualTo("0x00001003");
        assertThat(json("state --json list if_id 43")).isEmpty();
        assertThat(json("policy --json list dir in").get(0).get("priority").asInt())
                .isEqualTo(9);
        assertThat(json("state --json get dst 2001:db8::2 proto esp spi 0x1002")
                        .get("dst")
                        .asText())
                .isEqualTo("2001:db8::2");
        assertThat(json("state --json count").get("states").asInt()).isEqualTo(3);
        assertThat(json("policy --json count").isObject()).isTrue();
        assertThat(json("policy --json getdefault").get("in").asText()).isEqualTo("accept");
        assertThat(json("state --json allocspi dst 192.0.2.2 proto esp min 5 max 5")
                        .get("spi")
                        .asText())
                .isEqualTo("0x00000005");
        assertThat(run("state --json").out()).doesNotContain(Definitions.OUT_KEY);
        assertThat(run("state --json --show-keys").out()).contains(Definitions.OUT_KEY);
    }

    @Test
    void whatIsSaidToTheKernelCanBeTraced() {
        some();
        Console.Result traced = run("--trace state");
        Console.Result untraced = run("state");

        assertThat(traced.out()).isEqualTo(untraced.out());
        assertThat(traced.errors())
                .anyMatch(line -> line.startsWith("> GETSA, "))
                .anyMatch(line -> line.startsWith("< NEWSA, "));
        assertThat(traced.err()).contains("key hidden").doesNotContain(Definitions.OUT_KEY);
        assertThat(untraced.err()).isEmpty();
        assertThat(run("state --trace count").err()).contains("> GETSADINFO");
    }

    @Test
    void withoutThePrivilegeNothingIsDeleted() {
        some();
        console.between(kernel -> new RefusingTransport(kernel, 1, Errno.EPERM, Optional.empty()));

        assertThat(run("policy deleteall dir in").errors())
                .first()
                .asString()
                .endsWith("EPERM (Operation not permitted)");
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not the table of one child, which {@link CommandsTest} has. */
class CountersCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path directory;

    @BeforeEach
    void up() {
        String file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
        assertThat(console.run("up", "-f", file).status()).isZero();
    }

    @Test
    void allNeedsNoDefinition() {
        Console.Result result = console.run("counters", "--all");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .startsWith("192.168.0.100 - 192.168.0.1, reqid 1485885271\nstate ")
                .contains("\nIPComp out  0x00001001 ", "\nIPIP in     0xc0a80001 ");
        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void watchedTheySayHowFastTheyRise() {
        List<String> lines = console.run("counters", "--all", "--watch=0.1", "--count=2")
                .out()
                .lines()
                .toList();

        assertThat(lines).hasSize(2 * 8 + 1);
        assertThat(lines.get(1)).isEqualTo("state       spi         bytes  packets  bytes/s  packets/s  refused");
        assertThat(lines.get(2)).isEqualTo("IPComp out  0x00001001      0        0        -          -");
        assertThat(lines.get(8)).isEmpty();
        assertThat(lines.get(11)).isEqualTo("IPComp out  0x00001001      0        0      0.0        0.0");
    }

    @Test
    void watchedAsJsonEachLookIsALine() throws IOException {
        List<String> lines = console.run("counters", "--all", "--watch=0.1", "--count=2", "--json")
                .out()
                .lines()
                .toList();

        assertThat(lines).hasSize(2);
        JsonNode second = new ObjectMapper().readTree(lines.get(1));
        assertThat(second.get("time").asLong()).isPositive();
        JsonNode row = second.get("children").get(0).get("rows").get(0);
        assertThat(row.get("bytes_per_second").asDouble()).isZero();
        assertThat(row.get("packets_per_second").asDouble()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--all home, '--all shows what is in the kernel, whatever is defined: leave out NAME and -f'",
        "--all --count=2, '--count says how often --watch looks: give both'",
        "--all --watch=0, --watch 0.0 is not in 0.1..86400 seconds",
        "--all --watch --count=0, --count 0 is less than 1",
    })
    void whatContradictsItselfIsRefused(String arguments, String message) {
        Console.Result result = console.run(("counters " + arguments).split(" "));

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.errors().get(0)).contains(message);
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.netlink.Errno;

/** No command shows a key that it was not asked for, whether it succeeds or fails. */
class KeysStayHiddenTest {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("check", "-f", "FILE"),
            List.of("plan", "-f", "FILE"),
            List.of("plan", "--json", "-f", "FILE"),
            List.of("up", "-f", "FILE"),
            List.of("plan", "-f", "FILE"),
            List.of("status", "-f", "FILE"),
            List.of("status", "--json", "-f", "FILE"),
            List.of("counters", "-f", "FILE"),
            List.of("counters", "--json", "-f", "FILE"),
            List.of("state"),
            List.of("state", "-s"),
            List.of("state", "-o"),
            List.of("state", "--json"),
            List.of("state", "list", "proto", "esp"),
            List.of("state", "get", "dst", "192.168.0.1", "proto", "esp", "spi", "0xc1000001"),
            List.of("--trace", "state"),
            List.of("policy", "-s"),
            List.of("explain", "192.168.0.100", "10.1.0.10"),
            List.of("explain", "--json", "--in", "10.1.0.10", "192.168.0.100"),
            List.of("--trace", "explain", "--fwd", "10.1.0.10", "192.168.0.100"),
            List.of("mirror", "-f", "FILE"),
            List.of("keygen", "-f", "FILE"),
            List.of("up", "-f", "FILE", "nobody"),
            List.of("--trace", "down", "-f", "FILE"),
            List.of("--trace", "up", "-f", "FILE"),
            List.of("plan", "--for", "down", "-f", "FILE"),
            List.of("down", "-f", "FILE"),
            List.of("status", "-f", "FILE"));

    private final Console console = new Console();

    private void runAll(String file) {
        for (List<String> command : COMMANDS) {
            hidden(console.run(command.stream()
                    .map(word -> word.equals("FILE") ? file : word)
                    .toArray(String[]::new)));
        }
    }

    /** Neither whole nor in part: eight hex digits of either key would be a leak. */
    private static void hidden(Console.Result result) {
        String text = (result.out() + result.err()).toLowerCase(Locale.ROOT).replaceAll("0x", "");
        for (String key : List.of(Definitions.OUT_KEY, Definitions.IN_KEY)) {
            for (int i = 0; i + 8 <= key.length(); i += 2) {
                assertThat(text).doesNotContain(key.substring(i, i + 8));
            }
        }
    }

    @Test
    void everyCommandOnAGoodDefinition(@TempDir Path directory) {
        runAll(Definitions.write(directory, "carol.yaml", Definitions.GOOD));
    }

    @Test
    void everyCommandOnKeysOfTheWrongLength(@TempDir Path directory) {
        runAll(Definitions.write(directory, "bad.yaml", Definitions.GOOD.replace("gcm16", "-sha256")));
    }

    @Test
    void everyCommandOnADefinitionWithTheKeyInIt(@TempDir Path directory) {
        runAll(Definitions.write(
                directory,
                "bad.yaml",
                Definitions.GOOD.replace("{ file: carol-moon.key }", "{ flie: " + Definitions.OUT_KEY + " }")));
        runAll(Definitions.write(
                directory, "bad.yaml", Definitions.GOOD.replace("key: carol-moon", "key: 0x" + Definitions.OUT_KEY)));
    }

    @Test
    void aFileThatIsNotHex(@TempDir Path directory) {
        String file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
        Definitions.file(directory.resolve("carol-moon.key"), Definitions.OUT_KEY + "xyz");
        runAll(file);
    }

    @Test
    void everyRefusalOfTheKernel(@TempDir Path directory) {
        String file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
        for (int nth = 1; nth <= 10; nth++) {
            int refused = nth;
            console.between(kernel -> new RefusingTransport(
                    kernel, refused, Errno.EINVAL, Optional.of("Requested AEAD algorithm not found")));
            hidden(console.run("up", "-f", file));
        }
    }

    @Test
    void whoAsksForThemGetsThem(@TempDir Path directory) {
        console.run("up", "-f", Definitions.write(directory, "carol.yaml", Definitions.GOOD));

        assertThat(console.run("state", "--show-keys").out())
                .contains("0x" + Definitions.OUT_KEY + " 128", "0x" + Definitions.IN_KEY + " 128");
        assertThat(console.run("keygen", "aes128gcm16").out()).matches("[0-9a-f]{40}\n");
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code xfrmctl firewall} prints; FirewallIT installs it. */
class FirewallCommandTest {
    private static final String AUTO =
            Definitions.GOOD.replace("        mode: tunnel\n", "        mode: tunnel\n        mss: auto\n");

    private final Console console = new Console();

    @TempDir
    private Path directory;

    private Console.Result firewall(String definition, String... more) {
        List<String> words =
                new ArrayList<>(List.of("firewall", "-f", Definitions.write(directory, "carol.yaml", definition)));
        words.addAll(List.of(more));
        return console.run(words.toArray(new String[0]));
    }

    @Test
    void rulesTakeNeitherKernelNorSecrets() {
        console.between(transport -> {
            throw new AssertionError("the kernel is asked");
        });
        Console.Result result = firewall(Definitions.GOOD.replace(".key }", ".nowhere }"));

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .startsWith("# The nftables rules that these children need")
                .contains(
                        "table inet xfrmctl/home/net {\n",
                        "meta l4proto esp counter accept",
                        "meta l4proto 4 counter accept")
                .doesNotContain("maxseg");
    }

    @Test
    void theMssFollowsFromTheLink() {
        assertThat(firewall(AUTO, "--link-mtu", "1492", "--mss-only", "home/net")
                        .out())
                .contains("tcp option maxseg size set rt mtu tcp option maxseg size set 1398 ")
                .doesNotContain("accept comment");
    }

    @Test
    void withoutRoutesTheLinkMustBeSaid() {
        Console.Result result = firewall(AUTO);

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errors())
                .containsExactly(
                        "xfrmctl: \"mss: auto\" follows from the way to the peer, and this kernel has no routes to be asked"
                                + " about",
                        "  say the MTU of that way with --link-mtu N");
    }

    @Test
    void aDaemonThatIsNotThereIsSaid() {
        Path nowhere = directory.resolve("nowhere");

        assertThat(firewall(Definitions.GOOD, "--install", "--netlink-socket", nowhere.toString())
                        .errors())
                .containsExactly(
                        "xfrmctl: " + nowhere + ": no daemon answers there",
                        "  start one: xfrmctl daemon --netlink-socket " + nowhere);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --link-mtu=67     | --link-mtu 67 is not in 68..65535
            hom               | no connection or child is named "hom"; did you mean "home"?
            --install --remove | Error: --install, --remove are mutually exclusive (specify only one)
            """)
    void aWrongCommandLineIsRefused(String words, String problem) {
        Console.Result result = firewall(Definitions.GOOD, words.split(" "));

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.errors().get(0)).isEqualTo("xfrmctl: " + problem);
    }
}

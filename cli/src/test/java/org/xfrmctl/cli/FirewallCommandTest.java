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

    /** "oifkind xfrm" would let pass what is routed into any other tunnel of the host. */
    @Test
    void anInterfaceWithoutANameHasNoRule() {
        String foreign = Definitions.GOOD
                .replace("remote_ts: 10.1.0.0/16", "remote_ts: 0.0.0.0/0")
                .replace("        mode: tunnel\n", "        mode: tunnel\n        if_id_out: 9\n");

        assertThat(firewall(foreign).out()).contains("""
                        # no rule lets pass what is routed from 192.168.0.100/32 to 0.0.0.0/0 into the XFRM interface with if_id 0x9, for its name is not known:
                        # name it under "interfaces", or write a rule with its oifname.
                        """).doesNotContain("oifkind", "to be protected");
        assertThat(firewall(foreign, "--json").out())
                .contains(
                        "\"missing\" : [ \"what is routed from 192.168.0.100/32 to 0.0.0.0/0 into the XFRM interface");
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
            --install --remove | --install, --remove exclude each other: give one
            --status --mss-only | --status shows all rules of a child: leave --mss-only out; it is for --install
            --remove --mss-only | --remove takes away all rules of a child: leave --mss-only out; it is for --install
            --status --link-mtu 1400 | --status shows what is installed: leave --link-mtu out; it is for new rules
            --remove --link-mtu 1400 | --remove takes away what is installed: leave --link-mtu out; it is for new rules
            """)
    void aWrongCommandLineIsRefused(String words, String problem) {
        Console.Result result = firewall(Definitions.GOOD, words.split(" "));

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.errors().get(0)).isEqualTo("xfrmctl: " + problem);
    }
}

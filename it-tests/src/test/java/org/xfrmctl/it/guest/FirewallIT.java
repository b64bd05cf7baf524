package org.xfrmctl.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code xfrmctl firewall} prints, given to nft on a real kernel: the files that NftTextTest holds the text to, and the
 * command itself. One boot serves all; of QEMU's kernel, for User Mode Linux has no tables of IP packets.
 */
class FirewallIT {
    private static final Path RULES =
            Path.of("../manager/src/test/resources/nft").toAbsolutePath().normalize();

    @TempDir
    private static Path results;

    private static Transcript seen = new Transcript("");

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException, URISyntaxException {
        RealKernel.requireOrSkip(
                Stream.of("/usr/sbin/nft", "/sbin/nft").map(Path::of).anyMatch(Files::isExecutable), "nftables");
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "sh \"$1\" \"$3\" && sh \"$2\" \"$3\" && shift 3 && exec \"$@\"",
                "sh",
                script("proof.sh"),
                script("interface.sh"),
                RULES.toString()));
        command.addAll(GuestJava.command(FirewallCommandProof.class, List.of()));
        GuestRun run = RealKernel.qemu().run(command, results, Duration.ofMinutes(15));
        assertThat(run.exitStatus()).as(run.console() + run.stdout()).isZero();
        seen = new Transcript(run.stdout());
    }

    private static String script(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(FirewallIT.class.getResource("/firewall/" + name))
                        .toURI())
                .toString();
    }

    private static String after(String command, int nth) {
        return seen.after(command, nth);
    }

    private static List<String> lines() {
        return seen.text().lines().toList();
    }

    @Test
    void nftTakesEveryRule() throws IOException {
        try (Stream<Path> files = Files.list(RULES)) {
            assertThat(lines())
                    .containsAll(files.map(file ->
                                    "accepted " + file.getFileName().toString().replace(".nft", ""))
                            .toList());
        }
    }

    /** Where all else is dropped; without them nothing passes, and what only claims to be protected does not either. */
    @ParameterizedTest
    @ValueSource(strings = {"tunnel", "compressed", "udp"})
    void theRulesAreEnoughAndNoMore(String kind) {
        assertThat(lines())
                .contains(
                        kind + " drops ping no",
                        kind + " small ping yes",
                        kind + " large ping yes",
                        kind + " ping from b yes",
                        kind + " tcp from a yes",
                        kind + " tcp to b yes",
                        kind + " stranger does not pass",
                        "stranger without a filter passes");
    }

    @ParameterizedTest
    @CsvSource({
        "tunnel, ESP of the peer",
        "tunnel, 'protected, for this host'",
        "tunnel, 'protected, from the peer'",
        "tunnel, 'to be protected, to the peer'",
        "compressed, 'out of ESP, not compressed: IP in IP'",
        "udp, 'ESP of the peer, in UDP'"
    })
    void eachRuleIsNeeded(String kind, String purpose) {
        assertThat(seen.text()).containsPattern("(?m)^" + kind + " counts [1-9][0-9]* " + purpose + "$");
    }

    /** What leaves says what the tunnel takes; what came says what the interface does, of 1400 bytes. */
    @Test
    void anXfrmInterfaceHasTheSame() {
        assertThat(lines())
                .contains(
                        "by interface, from a done",
                        "by interface, from b done",
                        "a sees [S] with 1460",
                        "a sees [S.] with 1360",
                        "d sees [S] with 1406",
                        "d sees [S.] with 1460");
        assertThat(seen.text())
                .containsPattern("(?m)^interface counts [1-9][0-9]* protected, from the peer$")
                .containsPattern("(?m)^interface counts [1-9][0-9]* to be protected, to the peer$");
    }

    @Test
    void dfIsSetOnWhatHasNone() {
        assertThat(lines())
                .contains(
                        "without rules flags [none]",
                        "with copy_df: set flags [DF]",
                        "too long without DF, with copy_df: set no",
                        "replaced by rules without it flags [none]",
                        "too long without DF yes");
    }

    @Test
    void onlyOwnTablesAreTouched() {
        assertThat(after("firewall --status", 1)).contains("nothing is installed\n= 0\n");
        assertThat(after("firewall --install", 1)).contains("site/net: installed\nother/net: installed\n= 0\n");
        for (int nth : new int[] {1, 2}) {
            assertThat(after("nft list tables", nth).lines().skip(1))
                    .containsExactlyInAnyOrder(
                            "table inet mine", "table inet xfrmctl/site/net", "table inet xfrmctl/other/net");
        }
        assertThat(after("firewall --remove site", 1)).contains("site/net: removed\n= 0\n");
        assertThat(after("firewall --remove site", 2)).contains("nothing was installed\n= 0\n");
        assertThat(after("nft list tables", 3).lines().skip(1))
                .containsExactlyInAnyOrder("table inet mine", "table inet xfrmctl/other/net");
        assertThat(after("firewall --remove", 1)).contains("other/net: removed\n= 0\n");
        assertThat(after("nft list tables", 4).lines().skip(1)).containsExactly("table inet mine");
    }

    /** Who has no MSS to clamp keeps its rules, but if it is named. */
    @Test
    void theMssAloneIsNoReasonToRemoveOthersRules() {
        assertThat(after("firewall --install --mss-only", 1))
                .contains("site/net: installed\nother/net: needs no rule\n= 0\n");
        assertThat(after("nft list table inet xfrmctl/other/net", 1)).contains("chain input", "chain forward");
        assertThat(after("firewall --install --mss-only other", 1)).contains("other/net: removed\n= 0\n");
        assertThat(after("firewall --install --mss-only other", 2)).contains("other/net: needs no rule\n= 0\n");
    }

    /** By the route to the peer: 1400 bytes of the link leave 1346 and TCP 1306. */
    @Test
    void anInstalledTableIsReplacedAsAWhole() {
        assertThat(after("firewall --json site", 1)).contains("\"by_route\" : true,\n    \"most\" : 1306,");
        assertThat(after("nft list table inet xfrmctl/site/net", 1))
                .contains("chain input", "chain forward", "chain mss_forward", "chain df_output", "size set 1306");
        assertThat(after("nft list table inet xfrmctl/site/net", 2))
                .contains("chain mss_forward")
                .doesNotContain("chain forward", "df_output");
        assertThat(after("firewall --status", 2))
                .contains("site/net: installed\n", "mss_postrouting", "what the peer's side may send");
    }
}

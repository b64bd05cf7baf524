package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a kernel that tells nothing beside netlink. */
class DoctorCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path directory;

    private void up(String level) {
        String file =
                Definitions.write(directory, "carol.yaml", Definitions.GOOD.replace("level: auto", "level: " + level));
        assertThat(console.run("up", "-f", file).status()).isZero();
    }

    @Test
    void nothingIsWrongWithNothing() {
        assertThat(console.run("doctor", "--seconds=0").out()).isEqualTo("nothing found\n");
    }

    @Test
    void aHealthyHostHasNotesAtMost() {
        up("auto");
        Console.Result result = console.run("doctor");

        assertThat(result).isEqualTo(new Console.Result(0, "2 notes (--notes shows)\n", ""));
        assertThat(console.run("doctor", "--notes").out())
                .startsWith("note: packets without a policy pass in clear (in, fwd, out) [open-default]\n")
                .contains("note: not looked at: counters, links and addresses, settings, the firewall\n")
                .endsWith("\n\n2 notes\n");
    }

    /** This kernel has no routes; what was found without them is told all the same. */
    @Test
    void aPathThatCannotBeAskedHidesNothing() {
        up("required");
        Console.Result result = console.run("doctor", "--probe", "10.1.0.1");

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).isEqualTo(console.run("doctor").out()).contains("[ipcomp-required]");
        assertThat(result.err()).startsWith("xfrmctl: this kernel has no routes");
    }

    @Test
    void whatIsFoundIsToldWithEvidenceReasonAndRemedy() {
        up("required");
        Console.Result result = console.run("doctor");

        assertThat(result.status()).isEqualTo(ExitCode.CHANGES);
        assertThat(result.out()).startsWith("""
                warning: small packets of src 10.1.0.0/16 dst 192.168.0.100/32 are dropped:
                  compression is required of each [ipcomp-required]
                  seen:  policy src 10.1.0.0/16 dst 192.168.0.100/32 dir fwd priority 375423 tmpl\
                """).contains("""
                  why:   Packets below 90 bytes, and those that would not get smaller, are sent
                         without IPComp (RFC 3173, section 2.2; ipcomp_output()). A template of
                         level required refuses them, and XfrmInTmplMismatch counts it.
                  mend:  Leave out "level: required" in the child, and "xfrmctl up".
                """).endsWith("2 warnings, 2 notes (--notes shows)\n");
    }

    @Test
    void programsGetAllOfIt() throws IOException {
        up("use");
        JsonNode findings =
                new ObjectMapper().readTree(console.run("doctor", "--json").out());

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.fieldNames())
                    .toIterable()
                    .containsExactly("severity", "rule", "what", "evidence", "why", "fixes");
            assertThat(finding.get("rule").asText()).isEqualTo("level-use");
            assertThat(finding.get("severity").asText()).isEqualTo("error");
            assertThat(finding.get("fixes").get(0).get("advice").asText()).startsWith("Leave out \"level: use\"");
        });
        assertThat(findings)
                .anySatisfy(
                        finding -> assertThat(finding.get("severity").asText()).isEqualTo("note"));
    }

    @Test
    void aSavedHostIsExaminedInItsPlace() {
        up("required");
        Path saved = directory.resolve("saved");
        assertThat(console.run("snapshot", saved.toString()).status()).isZero();

        assertThat(new Console().run("doctor", "--from", saved.toString())).isEqualTo(console.run("doctor"));
    }

    @Test
    void tablesThatNftDoesNotShowAreSavedWithAHost() throws IOException {
        up("auto");
        Path saved = directory.resolve("saved");
        console.run("snapshot", saved.toString());
        Files.writeString(saved.resolve("links.json"), "[]");
        Files.writeString(saved.resolve("addresses.json"), "[]");
        Files.writeString(saved.resolve("nft.json"), "{\"nftables\": []}");
        assertThat(console.run("doctor", "--notes", "--from", saved.toString()).out())
                .contains("iptables-legacy: /proc/net/ip_tables_names or ip6_tables_names could not be read");

        Files.writeString(saved.resolve("iptables.json"), "[]");
        assertThat(console.run("doctor", "--from", saved.toString()).err())
                .isEqualTo("not looked at: counters, links and addresses, settings\n");

        Files.writeString(saved.resolve("iptables.json"), "[\"ip filter\", \"ip6 raw\"]");

        assertThat(console.run("doctor", "--from", saved.toString()).err())
                .isEqualTo("not looked at: counters, links and addresses, settings, iptables-legacy\n");
        assertThat(console.run("doctor", "--notes", "--from", saved.toString()).out())
                .contains("nft shows nothing of ip filter, ip6 raw;");
    }

    @Test
    void whatIsNoSavedHostIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        Console.Result none =
                console.run("doctor", "--from", directory.resolve("none").toString());
        assertThat(none.status()).isEqualTo(ExitCode.FAILED);
        assertThat(none.errors()).hasSize(2);
        assertThat(none.errors().get(0)).contains("none: has no manifest.json");
        assertThat(console.run("snapshot", file.toString()).errors().get(0)).endsWith("file: is no directory");
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        assertThat(console.run("doctor", "--seconds=-1").status()).isEqualTo(ExitCode.USAGE);
        assertThat(console.run("doctor", "--seconds=NaN").status()).isEqualTo(ExitCode.USAGE);
    }
}

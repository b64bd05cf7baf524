package org.xfrmctl.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.manager.migrate.draft.KeyChoice;
import org.xfrmctl.manager.migrate.draft.Side;
import org.xfrmctl.manager.migrate.draft.SourceFiles;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.definition.ConfigException;

class SwanctlImportTest {
    private static final String SITE = """
            # Two sites, the office and the plant.
            connections {
              plant : peers.always {
                remote_addrs = 198.51.100.7
                local { auth = psk }
                remote { id = plant.example }
                children {
                  machines : kids {
                    local_ts  = 10.20.30.40/16, 10.30.0.0/16[tcp/80]
                    remote_ts = 10.99.0.0/16
                    esp_proposals = aes128gcm128-x25519-esn, chacha20poly1305
                    mark_out = 0x10/0xf0
                    set_mark_out = %same/0xff
                    start_action = trap
                  }
                }
              }
            }
            peers {
              always {
                local_addrs = 203.0.113.1
                version = 2
                if_id_in = 9
              }
            }
            kids {
              ipcomp = yes
              copy_dscp = no
              life_time = 100m
              rekey_bytes = 2G
            }
            secrets { ike-plant { secret = "do not show" } }
            """;

    private static Imported read(String text) {
        return Imports.read(ImportFormat.SWANCTL, text);
    }

    /** A child with an option. */
    private static String with(String option) {
        return "connections { c {\nlocal_addrs = 192.0.2.1\nremote_addrs = 192.0.2.2\nchildren { k {\n" + option
                + "\n} } } }";
    }

    @Test
    void takesOverWhatADefinitionHas() {
        assertThat(Imports.text(read(SITE))).isEqualTo("""
                connections:
                  plant:
                    local_addrs: 203.0.113.1
                    remote_addrs: 198.51.100.7
                    children:
                      machines:
                        local_ts: ["10.20.0.0/16", "10.30.0.0/16[tcp/80]"]
                        remote_ts: ["10.99.0.0/16"]
                        mode: tunnel
                        ipcomp: yes
                        esp_proposals: aes128gcm16
                        replay_window: 32
                        copy_dscp: no
                        level: auto
                        on_down: block
                        start_action: trap
                        mark_out: 0x10/0xf0
                        set_mark_out: 0x10/0xff
                        if_id_in: 0x9
                        rekey_time: 5400
                        life_time: 6000
                        rekey_bytes: 2147483648
                        keys: { derive: plant }
                secrets:
                  plant: { file: "plant.key" }
                """);
    }

    @Test
    void tellsWhatWasNotTakenOver() {
        Imported imported = read(SITE);

        assertThat(Imports.told(imported))
                .containsExactly(
                        "file:11:9: plant.children.machines.esp_proposals: nothing is negotiated, so there is one suite;"
                                + " aes128gcm16 was written, the first that a definition has; both ends need the same",
                        "file:11:9: plant.children.machines.esp_proposals: extended sequence numbers (esn) are not in"
                                + " definitions yet; the SAs have 32 bits of them; rekey before 2^32 packets, which watch"
                                + " does by itself");
        assertThat(imported.untaken()).hasSize(3).last().satisfies(ike -> {
            assertThat(ike.origin().name()).contains("plant.version", "plant.local", "plant.remote", "secrets");
            assertThat(ike.reason()).contains("key exchange");
        });
        assertThat(imported.untaken().toString()).doesNotContain("do not show");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mode = transport; mode: transport",
                "esp_proposals = aes256-sha256-modp2048; esp_proposals: aes256-sha256",
                "esp_proposals = aes192gcm64; esp_proposals: aes192gcm8",
                "esp_proposals = null-sha1; esp_proposals: null-sha1",
                "esp_proposals = default; esp_proposals: aes128gcm16",
                "copy_df = no; copy_df: no",
                "copy_ecn = 0; copy_ecn: no",
                "policies_fwd_out = yes; policies_fwd_out: yes",
                "priority = 7; priority: 7",
                "reqid = 3; reqid: 3",
                "rekey_time = 2h; rekey_time: 7200",
                "; rekey_time: 3600",
                "life_packets = 1000; rekey_packets: 900",
                "tfc_padding = 900; tfc_padding: 900",
                "start_action = trap|start; start_action: start",
                "local_ts = dynamic[icmp/2048]; 192.0.2.1/32[icmp/8(0)]",
                "replay_window = 1024; replay_window: 1024"
            })
    void converts(String option, String becomes) {
        assertThat(Imports.text(read(with(option == null ? "" : option)))).contains(becomes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "hw_offload = auto; offload",
                "updown = /bin/true; no script",
                "interface = eth0; device",
                "icmp = yes; ICMP errors",
                "sha256_96 = yes; 128 bits",
                "mark_in_sa = yes; no mark",
                "label = a:b; security labels",
                "per_cpu_sas = yes; one SA",
                "copy_ds = no; unknown",
                "tfc_padding = mtu; mtu",
                "esp_proposals = 3des-md5; none of its suites"
            })
    void keepsTheChildAndTells(String option, String reason) {
        Imported imported = read(with(option));

        assertThat(Imports.child(imported).name().child()).isEqualTo("k");
        assertThat(Imports.onlyTold(imported))
                .startsWith("file:5:1: c.children.k.")
                .contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode = pass",
                "mode = drop",
                "mode = beet",
                "mode = nonsense",
                "ah_proposals = sha256",
                "policies = no",
                "mark_in = %unique",
                "if_id_out = %unique-dir",
                "remote_ts = 10.0.0.1-10.0.0.9",
                "remote_ts = 10.0.0.0/8[tcp/http]",
                "remote_ts = 10.0.0.0/8[tcp/1000-2000]",
                "mark_out = seven"
            })
    void leavesTheChildOutRatherThanProtectOtherTraffic(String option) {
        Imported imported = read(with(option));

        assertThat(imported.definition().connections()).isEmpty();
        assertThat(Imports.onlyTold(imported))
                .startsWith("file:5:1: c.children.k.")
                .containsAnyOf("left out", "write a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hw_offload = no", "priority = 0", "mark_in_sa = no", "encap_ = ", "tfc_padding = 0"})
    void saysNothingWhereNothingIsAskedFor(String option) {
        assertThat(Imports.told(read(with(option)))).isEmpty();
    }

    @Test
    void anotherNameForAnAddressIsToldWithWhatHelps() {
        String text = with("").replace("local_addrs = 192.0.2.1", "local_addrs = %any");

        assertThat(Imports.told(read(text))).hasSize(1).first().asString().contains("--local-addr ADDRESS");
        ImportOptions here = new ImportOptions(
                Optional.empty(), Optional.of("192.0.2.9"), Side.LEFT, Path.of("conf"), "", Imports.NAMES);
        assertThat(Imports.text(Imports.read(ImportFormat.SWANCTL, here, text))).contains("local_addrs: 192.0.2.9");
    }

    @Test
    void writtenKeysHaveSpisAndNoLimitsThatNobodyKeeps() {
        Imported imported =
                Imports.read(ImportFormat.SWANCTL, Imports.options(KeyChoice.WRITTEN), with("ipcomp = yes"));

        assertThat(Imports.text(imported))
                .contains("out: { spi: 0xc1000001, cpi: 0x1001, key: c-k-out }")
                .contains("c-k-in: { file: \"c-k-in.key\" }")
                .doesNotContain("rekey_time");
        assertThat(Imports.onlyTold(imported)).contains("rekey_time");
    }

    @Test
    void includesAreReadWhereTheyStand() {
        Map<String, String> others = Map.of("conf.d/*.conf", "k { remote_ts = 10.7.0.0/16 }\n");
        SourceFiles files = (pattern, from) -> Optional.ofNullable(others.get(pattern)).stream()
                .map(text -> new SourceText("conf.d/a.conf", text))
                .toList();

        Imported imported = Imports.read(
                ImportFormat.SWANCTL,
                Imports.options(),
                files,
                "connections { c { local_addrs = 192.0.2.1\n remote_addrs = 192.0.2.2\n"
                        + "children { include conf.d/*.conf\n include missing\n } } }");

        assertThat(Imports.text(imported)).contains("10.7.0.0/16");
        assertThat(Imports.told(imported))
                .containsExactly("file:4:2: include: no file is there that it means; see whether one is missing");
    }

    @Test
    void aCircleOfIncludesIsRefused() {
        SourceFiles circle = (pattern, from) -> List.of(new SourceText("loop", "include loop\n"));

        assertThatThrownBy(() -> Imports.read(ImportFormat.SWANCTL, Imports.options(), circle, "include loop\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("loop:1:1: files include each other more than 10 deep; is there a circle?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connections {|file:1:14: the file ends within a section",
                "connections { }}|file:1:16: \"}\" closes a section",
                "connections { c { a = \"x|file:1:23: a quote begins here",
                "connections|file:1:12: \"=\" and a value, or \"{\"",
                "connections : { }|file:1:15: behind \":\"",
                "connections { c : nothing { children { k { } } } }|file:1:19: there is no section nothing",
                "= 3|file:1:1: the name of a section",
                "a.b = 3|file:1:2: \"=\" and a value",
                "include #|file:1:1: include needs a file",
            })
    void whatIsSpoiledIsRefusedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigException.class).hasMessageStartingWith(message);
    }

    @Test
    void aSectionThatIsOpenedAgainGoesOn() {
        Imported imported = read(with("") + "\nconnections { c { children { k { remote_ts = 10.8.0.0/16 } } } }");

        assertThat(Imports.text(imported)).contains("remote_ts: [\"10.8.0.0/16\"]");
    }

    @Test
    void anEmptyValueTakesBackWhatAReferenceSays() {
        Imported imported = read("d { priority = 5 }\n" + with("priority =").replace("k {", "k : d {"));

        assertThat(Imports.text(imported)).doesNotContain("priority");
    }
}

package org.xfrmctl.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.manager.migrate.draft.Side;
import org.xfrmctl.model.definition.ConfigException;

class IpsecImportTest {
    private static final String STRONGSWAN = """
            config setup
                charondebug="ike 1"

            ca office
                cacert=office.pem

            conn %default
                keyexchange=ikev2
                ikelifetime=60m
                lifetime=20m
                rekeymargin=3m      # of both SAs
                left=203.0.113.1

            conn base
                leftsubnet=10.20.0.0/16
                leftcert="gate keeper.pem"
                compress=yes

            conn plant
                also=base
                right=198.51.100.7
                rightsubnet=10.99.0.0/16,10.98.0.0/16
                rightprotoport=tcp/443
                esp=aes256-sha256-modp2048!
                mark=16/0xf0
                lifebytes=1000000
                auto=route
            """;
    private static final String LIBRESWAN = """
            config setup
            \tprotostack=xfrm

            conn plant
            \tauthby=secret
            \tikev2=insist
            \tleft=203.0.113.1
            \tleftsubnets={10.20.0.0/16 10.21.7.7/24}
            \tright=198.51.100.7
            \trightsubnet=10.99.0.0/16/udp/53
            \tphase2alg=aes_gcm256-null,aes128-sha1;modp2048
            \tipsec-interface=5
            \tleftinterface-ip=10.20.0.1/24
            \tmtu=1400
            \tipsec-lifetime=2h
            \tipsec-max-bytes=4MiB
            \tdecap-dscp=yes
            \tencap-dscp=no
            \tnopmtudisc=yes
            \tauto=start
            """;

    private static Imported read(String text) {
        return Imports.read(ImportFormat.IPSEC, text);
    }

    private static String with(String option) {
        return "conn c\n\tleft=192.0.2.1\n\tright=192.0.2.2\n\tauto=add\n\t" + option + "\n";
    }

    @Test
    void strongSwans() {
        Imported imported = read(STRONGSWAN);

        assertThat(Imports.text(imported)).isEqualTo("""
                connections:
                  plant:
                    local_addrs: 203.0.113.1
                    remote_addrs: 198.51.100.7
                    children:
                      plant:
                        local_ts: ["10.20.0.0/16"]
                        remote_ts: ["10.99.0.0/16[tcp/443]", "10.98.0.0/16[tcp/443]"]
                        mode: tunnel
                        ipcomp: yes
                        esp_proposals: aes256-sha256
                        replay_window: 32
                        level: auto
                        on_down: block
                        start_action: trap
                        mark_in: 0x10/0xf0
                        mark_out: 0x10/0xf0
                        rekey_time: 1020
                        life_time: 1200
                        rekey_bytes: 900000
                        life_bytes: 1000000
                        keys: { derive: plant }
                secrets:
                  plant: { file: "plant.key" }
                """);
        assertThat(Imports.told(imported)).isEmpty();
        assertThat(imported.untaken())
                .hasSize(1)
                .first()
                .satisfies(ike -> assertThat(ike.origin().name())
                        .contains("config setup", "ca office", "plant.keyexchange", "plant.ikelifetime"));
        assertThat(imported.notes())
                .contains(
                        "read as strongSwan's, which alone has charondebug",
                        "left is this host, and right the other end; --local says another");
    }

    @Test
    void libreswans() {
        Imported imported = read(LIBRESWAN);

        assertThat(Imports.text(imported)).isEqualTo("""
                interfaces:
                  ipsec5:
                    type: xfrm
                    if_id: 0x5
                    mtu: 1400
                    addresses: ["10.20.0.1/24"]
                    routes: ["10.99.0.0/16"]
                connections:
                  plant:
                    local_addrs: 203.0.113.1
                    remote_addrs: 198.51.100.7
                    children:
                      plant:
                        local_ts: ["10.20.0.0/16", "10.21.7.0/24"]
                        remote_ts: ["10.99.0.0/16[udp/53]"]
                        mode: tunnel
                        ipcomp: no
                        esp_proposals: aes256gcm16
                        replay_window: 128
                        copy_df: no
                        copy_dscp: in
                        level: auto
                        on_down: block
                        start_action: start
                        rekey_time: 6660
                        life_time: 7200
                        rekey_bytes: 2097152
                        life_bytes: 4194304
                        interface: ipsec5
                        keys: { derive: plant }
                secrets:
                  plant: { file: "plant.key" }
                """);
        assertThat(Imports.onlyTold(imported)).contains("plant.phase2alg");
    }

    @Test
    void theRightSideMayBeHere() {
        ImportOptions right =
                new ImportOptions(Optional.empty(), Optional.empty(), Side.RIGHT, Path.of("conf"), "", Imports.NAMES);

        assertThat(Imports.text(Imports.read(ImportFormat.IPSEC, right, STRONGSWAN)))
                .contains("local_addrs: 198.51.100.7", "remote_ts: [\"10.20.0.0/16\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "type=transport; mode: transport",
                "auto=start; start_action: start",
                "rekey=no; replay_window: 32",
                "leftprotoport=17/1701; 192.0.2.1/32[udp/1701]",
                "leftprotoport=icmp/%any; 192.0.2.1/32[icmp]",
                "esp=aes128gcm16!; esp_proposals: aes128gcm16",
                "replay_window=-1; replay_window: 32",
                "replay-window=0; replay_window: 0",
                "esp=aes_gcm128; esp_proposals: aes128gcm16",
                "esp=aes_gcm-128; esp_proposals: aes128gcm16",
                "esp=aes_gcm_c-256; esp_proposals: aes256gcm16",
                "esp=aes_cbc-256-sha2_256; esp_proposals: aes256-sha256",
                "esp=aes-256+aes-128-sha2_512; esp_proposals: aes256-sha512",
                "keylife=3h; life_time: 10800",
                "; rekey_time: 3060",
                "ikev2=insist; rekey_time: 28260",
                "priority=70; priority: 70",
                "tfc=500; tfc_padding: 500",
                "reqid=9; reqid: 9"
            })
    void converts(String option, String becomes) {
        assertThat(Imports.text(read(with(option == null ? "" : option)))).contains(becomes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "compress=maybe; neither yes nor no",
                "rekey=true; neither yes nor no",
                "lifebytes=10GB; option was left out",
                "lifepackets=1.5k; option was left out",
                "rekeymargin=1h30; no time",
                "leftfirewall=yes; no script",
                "rightupdown=/bin/x; no script",
                "forceencaps=yes; ESP in UDP",
                "encapsulation=yes; ESP in UDP",
                "nic-offload=packet; offload",
                "sha2-truncbug=yes; 128 bits",
                "vti-interface=vti01; VTI",
                "negotiationshunt=passthrough; blocked",
                "esn=yes; extended sequence",
                "leftsourceip=10.0.0.1; address",
                "rihgtsubnet=10.0.0.0/8; did you mean \"rightsubnet\"?"
            })
    void keepsTheConnAndTells(String option, String reason) {
        Imported imported = read(with(option));

        assertThat(Imports.child(imported).name().child()).isEqualTo("c");
        assertThat(Imports.onlyTold(imported)).startsWith("file:5:2: c.").contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type=drop",
                "type=passthrough",
                "type=beet",
                "ah=sha256",
                "phase2=ah",
                "iptfs=yes",
                "installpolicy=no",
                "mark=%unique",
                "mark-out=-1/0xffffffff",
                "rightsubnet=vhost:%priv"
            })
    void leavesTheConnOutRatherThanProtectOtherTraffic(String option) {
        Imported imported = read(with(option));

        assertThat(imported.definition().connections()).isEmpty();
        assertThat(Imports.onlyTold(imported)).startsWith("file:5:2: c.");
    }

    @Test
    void aConnThatIsNotLoadedIsToldAndATemplateIsNot() {
        assertThat(Imports.told(read("conn a\n  left=192.0.2.1\nconn b\n  also=a\n  right=192.0.2.2\n  auto=add\n")))
                .isEmpty();
        assertThat(Imports.told(read("conn a\n  left=192.0.2.1\n  right=192.0.2.2\n")))
                .containsExactly(
                        "file:1:1: a.auto: it is not loaded, as the daemon has not; write auto=add to have it imported");
    }

    @Test
    void oneAlsoAfterTheOtherAndACircleOfThemEnd() {
        Imported imported = read("conn a\n also=b\n auto=add\nconn b\n also=a\n left=192.0.2.1\n right=192.0.2.2\n");

        assertThat(Imports.child(imported).name().connection()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection a|file:1:1: no section begins so",
                "conn|file:1:1: a section has a name of one word",
                "'  left=1.2.3.4'|file:1:3: this setting stands in no section",
                "conn a; left|file:2:2: an indented line is a setting",
                "conn a; also=b|file:2:2: there is no conn of the name behind also=",
                "conn a; x=\"y|file:2:1: a quote or a brace begins",
                "include|file:1:1: include needs a file",
                "config other|file:1:1: no section begins so"
            })
    void whatIsSpoiledIsRefusedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> read(text.replace(";", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }
}

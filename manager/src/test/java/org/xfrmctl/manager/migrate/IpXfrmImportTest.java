package org.xfrmctl.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.manager.migrate.draft.KeyChoice;
import org.xfrmctl.model.Key;

class IpXfrmImportTest {
    private static final String SCRIPT = """
            #!/bin/sh
            set -e
            ip xfrm state flush
            ip xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1001 reqid 7 mode tunnel replay-window 32 \\
                aead 'rfc4106(gcm(aes))' 0x000102030405060708090a0b0c0d0e0f10111213 128
            ip xfrm state add src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x1002 reqid 7 mode tunnel replay-window 64 \\
                aead 'rfc4106(gcm(aes))' 0x202122232425262728292a2b2c2d2e2f30313233 128 flag noecn
            ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out priority 100 \\
                tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 7 mode tunnel
            ip -4 xfrm policy add src 10.2.0.0/16 dst 10.1.0.0/16 dir in priority 100 \\
                tmpl src 192.0.2.2 dst 192.0.2.1 proto esp reqid 7 mode tunnel
            sudo /sbin/ip x p add src 10.2.0.0/16 dst 10.1.0.0/16 dir fwd priority 100 \\
                tmpl src 192.0.2.2 dst 192.0.2.1 proto esp reqid 7 mode tunnel
            """;

    private static Imported read(String... texts) {
        return Imports.read(ImportFormat.IP_XFRM, texts);
    }

    @Test
    void aScript() {
        Imported imported = read(SCRIPT);

        assertThat(Imports.text(imported)).isEqualTo("""
                connections:
                  "to-192.0.2.2":
                    local_addrs: 192.0.2.1
                    remote_addrs: 192.0.2.2
                    children:
                      reqid-7:
                        local_ts: ["10.1.0.0/16"]
                        remote_ts: ["10.2.0.0/16"]
                        mode: tunnel
                        ipcomp: no
                        esp_proposals: aes128gcm16
                        replay_window: 64
                        level: auto
                        on_down: block
                        priority: 100
                        reqid: 7
                        sas:
                          out: { spi: 0x00001001, key: "to-192.0.2.2-reqid-7-out" }
                          in: { spi: 0x00001002, key: "to-192.0.2.2-reqid-7-in" }
                secrets:
                  "to-192.0.2.2-reqid-7-in": { file: "to-192.0.2.2-reqid-7-in.key" }
                  "to-192.0.2.2-reqid-7-out": { file: "to-192.0.2.2-reqid-7-out.key" }
                """);
        assertThat(Imports.told(imported))
                .containsExactly(
                        "file:6:1: state src 192.0.2.2 dst 192.0.2.1 spi 0x1002: the definition's state differs in"
                                + " flags; see whether that matters; the rest of its child is the same",
                        "file:2:1: line 2, line 3: these lines are no commands of ip xfrm that add a state or a policy;"
                                + " see whether what they do is needed");
        assertThat(imported.keys().values().stream().map(Key::length)).containsExactly(20, 20);
        assertThat(imported.toString()).doesNotContain("000102030405");
    }

    @Test
    void variablesAreToldAndNothingIsPutInTheirPlace() {
        Imported imported = read("KEY=0x00112233445566778899aabbccddeeff\nip xfrm state add src $A dst 192.0.2.2 proto"
                + " esp spi 0x1001 enc 'cbc(aes)' $KEY\n");

        assertThat(Imports.told(imported))
                .containsExactly(
                        "file:2:1: line 2: only a shell could read all of it; write the values in place of variables and"
                                + " commands",
                        "file:1:1: line 1: these lines are no commands of ip xfrm that add a state or a policy; see"
                                + " whether what they do is needed");
    }

    @Test
    void withoutKeysBothEndsDeriveNewOnes() {
        Imported imported = read("""
                src 192.0.2.1 dst 192.0.2.2
                \tproto esp spi 0x00001001 reqid 7 mode tunnel
                \treplay-window 32\s
                \taead rfc4106(gcm(aes)) <<Keys hidden>> 128
                src 192.0.2.2 dst 192.0.2.1
                \tproto esp spi 0x00001002 reqid 7 mode tunnel
                \treplay-window 32\s
                \taead rfc4106(gcm(aes)) <<Keys hidden>> 128
                """, """
                src 10.1.0.0/16 dst 10.2.0.0/16\s
                \tdir out priority 385023\s
                \ttmpl src 192.0.2.1 dst 192.0.2.2
                \t\tproto esp reqid 7 mode tunnel
                """);

        assertThat(Imports.text(imported)).contains("keys: { derive: \"to-192.0.2.2\" }", "aes256gcm16");
        assertThat(imported.keys()).isEmpty();
        assertThat(Imports.told(imported))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("its keys are hidden"))
                .anySatisfy(line -> assertThat(line).contains("prints for root"))
                .last()
                .asString()
                .contains("dir fwd, src 10.2.0.0/16 dst 10.1.0.0/16 dir in: these policies were not there");
    }

    @Test
    void keysMayBeDerivedAllTheSame() {
        Imported imported = Imports.read(ImportFormat.IP_XFRM, Imports.options(KeyChoice.DERIVE), SCRIPT);

        assertThat(Imports.text(imported)).contains("keys: { derive: ").doesNotContain("spi:");
        assertThat(imported.keys()).isEmpty();
    }

    /** Each of these is one object that no child can be made of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "xfrm policy add src 10.0.0.0/8 dst 10.0.0.0/8 dir out action block",
                "xfrm policy add src 10.0.0.0/8 dst 10.0.0.0/8 dir in",
                "xfrm policy add dir out tmpl proto esp mode transport",
                "xfrm policy add src 10.0.0.0/8 dst 10.2.0.0/16 dir in tmpl src 192.0.2.2 dst 192.0.2.1 proto esp mode tunnel",
                "xfrm policy add src 10.0.0.0/8 dst 10.2.0.0/16 dir out tmpl src 192.0.2.2 dst 192.0.2.1 proto ah mode tunnel",
                "xfrm state add src 192.0.2.1 dst 192.0.2.2 proto ah spi 0x1001 auth 'hmac(sha1)' 0x01",
                "xfrm state add src 192.0.2.1 dst",
                "src 192.0.2.1 dst 192.0.2.2\n\tproto esp spi 0x01 reqid 1 mode tunnel\n\tsome thing"
            })
    void whatMakesNoChildIsTold(String text) {
        Imported imported = read(text);

        assertThat(imported.definition().connections()).isEmpty();
        assertThat(Imports.told(imported)).hasSize(1).first().asString().startsWith("file:1:1: ");
    }

    @Test
    void whatTheKernelAndProgramsMakeByThemselvesIsNotMissed() {
        Imported imported = read("""
                src 192.0.2.1 dst 192.0.2.4
                \tproto 4 spi 0xc0000201 reqid 0 mode tunnel
                \treplay-window 0\s
                src 0.0.0.0/0 dst 0.0.0.0/0\s
                \tsocket in priority 0\s
                """);

        assertThat(Imports.told(imported))
                .containsExactly(
                        "file:4:1: policy: these are policies of sockets, which belong to programs; nothing is lost");
    }

    @Test
    void ofSeveralSasTheFirstIsTaken() {
        Imported imported = read(SCRIPT
                + SCRIPT.lines()
                        .skip(3)
                        .limit(2)
                        .collect(Collectors.joining("\n"))
                        .replace("0x1001", "0x1009"));

        assertThat(Imports.text(imported)).contains("0x00001001").doesNotContain("1009");
        assertThat(Imports.told(imported)).anySatisfy(line -> assertThat(line).contains("0x1009", "older one"));
    }

    /** Two addresses of one peer, with one reqid: each child goes on with its own keys. */
    @Test
    void keysAreTheirOwnChilds() {
        String other = SCRIPT.replace("192.0.2.1 ", "192.0.2.9 ")
                .replace("0x100", "0x200")
                .replace("10.1.0.0", "10.9.0.0")
                .replace("0x0001", "0xaa01")
                .replace("0x2021", "0xbb21");

        Imported imported = read(SCRIPT + other);

        assertThat(Imports.told(imported))
                .noneSatisfy(line -> assertThat(line).contains("import.json"))
                .anySatisfy(line -> assertThat(line).contains("reqid 7 belongs to the child at file:8:1;"));
        assertThat(imported.keys()).hasSize(4);
        assertThat(imported.keys().values().stream().distinct()).hasSize(4);
        assertThat(imported.keys()).containsKeys("to-192.0.2.2-reqid-7-out", "to-192.0.2.2-2-reqid-7-out");
        assertThat(imported.notes()).anySatisfy(note -> assertThat(note).contains("it is called to-192.0.2.2-2"));
    }

    @Test
    void keysOfAChildThatIsLeftOutAreNotKept() {
        Imported imported = read(SCRIPT.replace("0x1001", "0x11"));

        assertThat(imported.definition().connections()).isEmpty();
        assertThat(imported.keys()).isEmpty();
    }

    @Test
    void aDeviceInASelectorIsTold() {
        Imported imported = read(SCRIPT.replace("dir out priority", "dev eth0 dir out priority"));

        assertThat(Imports.told(imported)).anySatisfy(line -> assertThat(line).contains("policy differs in dev;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"encap espinudp 4500 4500 0.0.0.0", "if_id 5", "flag esn", "mode tunnel sel src 10.0.0.0/8"})
    void aStateThatDiffersIsToldAlsoWhereKeysAreDerived(String words) {
        Imported imported = Imports.read(
                ImportFormat.IP_XFRM,
                Imports.options(KeyChoice.DERIVE),
                SCRIPT.replace("spi 0x1001", "spi 0x1001 " + words));

        assertThat(Imports.told(imported))
                .anySatisfy(line -> assertThat(line).contains("0x1001: the definition's state differs in "));
    }

    @Test
    void oneOptionalPolicyMakesNoneOfTheOthersOptional() {
        String script = SCRIPT.replaceFirst("(?s)(dir in .*? mode tunnel)", "$1 level use");

        Imported imported = Imports.read(ImportFormat.IP_XFRM, Imports.options(KeyChoice.DERIVE), script);

        assertThat(Imports.text(imported)).contains("level: auto");
        assertThat(Imports.told(imported)).anySatisfy(line -> assertThat(line).contains("differs in templates"));
    }

    @Test
    void whatIsAddedAgainIsToldAndTheFirstIsTaken() {
        String again = "ip xfrm state %s src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1001 reqid 7 mode tunnel"
                + " aead 'rfc4106(gcm(aes))' 0xff0102030405060708090a0b0c0d0e0f10111213 128\n";

        Imported added = read(SCRIPT + again.formatted("add"));
        Imported updated = read(SCRIPT + again.formatted("update"));

        assertThat(added.keys()).isEqualTo(read(SCRIPT).keys());
        assertThat(Imports.told(added)).anySatisfy(line -> assertThat(line).contains("line 4 has added it"));
        assertThat(updated.keys()).isNotEqualTo(added.keys());
        assertThat(Imports.told(updated)).anySatisfy(line -> assertThat(line).contains("line 14 replaces it"));
    }

    @Test
    void bitsBehindAPrefixAreClearedAndTold() {
        Imported imported = read(SCRIPT.replaceFirst("src 10.1.0.0", "src 10.1.7.7"));

        assertThat(Imports.text(imported)).contains("local_ts: [\"10.1.0.0/16\"]");
        assertThat(Imports.told(imported)).anySatisfy(line -> assertThat(line).contains("bits behind the prefix"));
    }

    @Test
    void aPolicyWithAKeyOfGreIsLeftOut() {
        Imported imported = read(SCRIPT.replace("dir out", "proto gre key 5 dir out"));

        assertThat(imported.definition().connections()).isEmpty();
        assertThat(Imports.told(imported)).anySatisfy(line -> assertThat(line).contains("no key of GRE"));
    }

    @Test
    void aKeyIsInNoMessage() {
        String key = "a1b2c3d4e5f60718293a4b5c6d7e8f9000112233";
        for (String text : List.of(
                SCRIPT.replace("000102030405060708090a0b0c0d0e0f10111213", key + "zz"),
                "ip xfrm state add " + key,
                key + " state add",
                SCRIPT.replace("128", "0x" + key),
                SCRIPT.replace(" dst ", " " + key + " "))) {
            assertThat(read(text).untaken().toString()).doesNotContain("a1b2c3d4");
        }
    }
}

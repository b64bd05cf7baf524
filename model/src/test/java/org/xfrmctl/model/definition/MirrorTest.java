package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorTest {
    private static Definition reread(String text, Path file) {
        return DefinitionReader.parse(text, file);
    }

    @Test
    void writesTheOtherEnd() {
        assertThat(Mirror.text(Sample.read(), Path.of("conf"))).isEqualTo("""
                        # The other end of what "xfrmctl mirror" was given. Copy the key files too.
                        connections:
                          home:
                            local_addrs: 192.168.0.1
                            remote_addrs: 192.168.0.100
                            children:
                              net:
                                local_ts: ["10.1.0.0/16"]
                                remote_ts: ["192.168.0.100/32"]
                                mode: tunnel
                                ipcomp: yes
                                esp_proposals: aes128gcm16
                                replay_window: 32
                                level: auto
                                on_down: block
                                sas:
                                  out: { spi: 0xc1000002, cpi: 0x1002, key: moon-carol }
                                  in: { spi: 0xc1000001, cpi: 0x1001, key: carol-moon }
                        secrets:
                          carol-moon: { file: "carol-moon.key" }
                          moon-carol: { file: "moon-carol.key" }
                        """);
    }

    @Test
    void twiceIsTheSame() {
        Definition all = DefinitionReader.parse(
                Sample.with("mode: tunnel", EveryOption.TEXT)
                        .replace("{ file: moon-carol.key }", "{ command: [\"a \\\"b\\\"\", 'c: #d'] }")
                        .replace(
                                "remote_ts: 10.1.0.0/16",
                                "remote_ts: ['10.1.0.0/16[icmp/3(4)]', '10.2.0.0/16[tcp/80]']")
                        .replace("home", "\"true\""),
                Sample.FILE);
        Definition other = reread(Mirror.text(all, Path.of("conf")), Sample.FILE);

        assertThat(Placeless.of(other)).isEqualTo(Placeless.of(Mirror.of(all)));
        assertThat(Placeless.of(reread(Mirror.text(other, Path.of("conf")), Sample.FILE)))
                .isEqualTo(Placeless.of(all));
    }

    @ParameterizedTest
    @CsvSource({"compress, carol, moon", "compress6, moon, carol", "transport, carol, moon", "plain-esp, carol, moon"})
    void theExamplesMirrorEachOther(String example, String here, String there) {
        Path directory = Path.of("..", "examples", example);
        Path file = directory.resolve(there + ".yaml");
        String mirrored = Mirror.text(DefinitionReader.read(directory.resolve(here + ".yaml")), directory);

        assertThat(Placeless.of(reread(mirrored, file))).isEqualTo(Placeless.of(DefinitionReader.read(file)));
    }

    @Test
    void aHostsOwnOptionsStayAndAreSaidToBe() {
        String text = Mirror.text(
                DefinitionReader.parse(Sample.with("mode: tunnel", "mark_in: 7"), Sample.FILE), Path.of("conf"));

        assertThat(text).contains("mark_in: 0x7/0xffffffff").contains("belong to one host");
    }
}

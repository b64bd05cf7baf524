package org.xfrmctl.model.definition;

import java.nio.file.Path;

/** A good definition to spoil in tests. Line numbers of its fields are stated in {@link BadInputTest}. */
final class Sample {
    static final Path FILE = Path.of("conf", "home.yaml");

    static final String GOOD = """
            connections:
              home:
                local_addrs: 192.168.0.100
                remote_addrs: 192.168.0.1
                children:
                  net:
                    local_ts: 192.168.0.100/32
                    remote_ts: 10.1.0.0/16
                    mode: tunnel
                    ipcomp: yes
                    esp_proposals: aes128gcm16
                    sas:
                      out: { spi: 0xc1000001, cpi: 0x1001, key: carol-moon }
                      in: { spi: 0xc1000002, cpi: 0x1002, key: moon-carol }
            secrets:
              carol-moon: { file: carol-moon.key }
              moon-carol: { file: moon-carol.key }
            """;

    private Sample() {}

    static Definition read() {
        return DefinitionReader.parse(GOOD, FILE);
    }

    /** The sample with one piece of its text exchanged. */
    static String with(String piece, String instead) {
        if (!GOOD.contains(piece)) {
            throw new AssertionError("the sample has no " + piece);
        }
        return GOOD.replace(piece, instead);
    }
}

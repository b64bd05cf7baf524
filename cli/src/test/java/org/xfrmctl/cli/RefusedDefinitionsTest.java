package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad definitions: one line with file, place, field and what is allowed; exit status 1; the kernel is not touched. */
class RefusedDefinitionsTest {
    private final Console console = new Console();

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void somethingIsUp() {
        assertThat(console.run("up", "-f", Definitions.write(directory, "good.yaml", Definitions.GOOD))
                        .status())
                .isZero();
    }

    private Console.Result upUnchanged(String file) {
        String before = console.tables();
        Console.Result result = console.run("up", "-f", file);
        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).isEmpty();
        assertThat(console.tables()).isEqualTo(before);
        return result;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            unknown key       | mode: tunnel      | moed: tunnel          | 9:9   | connections.home.children.net.moed | did you mean "mode"
            unknown suite     | aes128gcm16       | aes128gmc16           | 11:24 | .net.esp_proposals | allowed
            SPI 0             | spi: 0xc1000001   | spi: 0                | 15:23 | .net.sas.out.spi | allowed
            SPI 255           | spi: 0xc1000001   | spi: 255              | 15:23 | .net.sas.out.spi | allowed
            CPI over 65535    | cpi: 0x1001       | cpi: 65536            | 15:40 | .net.sas.out.cpi | allowed
            inner family      | 10.1.0.0/16       | fec1::/16             | 7:19  | .net.local_ts | its family
            outer family      | remote_addrs: 192.168.0.1 | remote_addrs: fec0::1 | 4:19 | connections.home.remote_addrs | famil
            missing secret    | key: carol-moon   | key: carol-mon        | 15:53 | .net.sas.out.key | no secret "carol-mon"
            wrong key length  | aes128gcm16       | aes256gcm16           | 15:53 | .net.sas.out.key | has 20 bytes; aes256gcm16 needs 36
            missing file      | file: carol-moon.key | file: none.key     | 18:3  | secrets.carol-moon | none.key) does not exist
            no YAML           | mode: tunnel      | mode: [               | 11:22 |                    | this is no valid YAML
            """)
    void oneLineSaysWhereWhatAndWhatIsAllowed(
            String what, String good, String bad, String place, String field, String allowed) {
        String file = Definitions.write(directory, "bad.yaml", Definitions.GOOD.replace(good, bad));

        Console.Result result = upUnchanged(file);

        assertThat(result.errors().get(0))
                .startsWith(file + ":" + place + ": ")
                .contains(field == null ? "" : field + ": ", allowed);
        assertThat(result.errors()).allMatch(line -> line.startsWith(file + ":"));
    }

    @Test
    void twoSasWithOneSpi() {
        String twice = Definitions.GOOD.replace("""
            secrets:
            """, """
                  lan:
                    remote_ts: 10.2.0.0/16
                    esp_proposals: aes128gcm16
                    sas:
                      out: { spi: 0xc1000001, key: carol-moon }
                      in:  { spi: 0xc1000004, key: moon-carol }
            secrets:
            """);

        Console.Result result = upUnchanged(Definitions.write(directory, "bad.yaml", twice));

        assertThat(result.err()).contains("connections.home.children.lan.sas.out", "0xc1000001", "15:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--"})
    void aSecretThatOthersCanRead(String mode) {
        String file = Definitions.write(directory, "bad.yaml", Definitions.GOOD);
        Path key = directory.resolve("carol-moon.key");
        Definitions.mode(key, mode);

        Console.Result result = upUnchanged(file);

        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith(file + ":18:3: secrets.carol-moon: secret \"carol-moon\" (file " + key + ") has mode 06")
                .endsWith("allowed is 0600 or 0400; run: chmod 600 " + key);
    }

    @Test
    void theWrongKindOfFile() {
        String lab = Path.of("../examples/compress/lab.yaml").toString();
        assertThat(upUnchanged(lab).err()).startsWith(lab + ":").contains("this is a lab file", "xfrmctl lab run");

        String definition = Definitions.write(directory, "good.yaml", Definitions.GOOD);
        Console.Result result = console.run("lab", "run", definition);
        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith(definition + ":1:1: this is a definition")
                .contains("xfrmctl up -f " + definition);
    }

    @Test
    void noFile() {
        assertThat(upUnchanged(directory.resolve("none.yaml").toString()).err())
                .isEqualTo("xfrmctl: there is no definition " + directory.resolve("none.yaml")
                        + "\n  check the path given with -f\n");
    }
}

package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.Key;

class SecretStoreTest {
    private static final String CAROL = "00112233445566778899aabbccddeeff01020304";
    private static final String MOON = "ff112233445566778899aabbccddeeff01020304";

    @TempDir
    Path directory;

    private final SecretReader reader = SecretReader.ofProcess(Duration.ofSeconds(20));

    @BeforeEach
    void twoGoodKeys() throws IOException {
        put("carol-moon.key", CAROL + "\n");
        put("moon-carol.key", MOON + "\n");
    }

    private Path put(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private Definition definition(String text) {
        return DefinitionReader.parse(text, directory.resolve("home.yaml"));
    }

    private Map<String, Key> resolve(String text) {
        return new SecretStore(reader).resolve(definition(text));
    }

    private static Key key(String hex) {
        return Key.of(HexFormat.of().parseHex(hex));
    }

    private String refusal(String text) {
        try {
            return "accepted " + resolve(text);
        } catch (ConfigException e) {
            assertThat(e.getMessage()).doesNotContainIgnoringCase(CAROL.substring(4, 12));
            return e.getMessage().replace(directory + "/", "");
        }
    }

    @Test
    void readsTheKeysOfBothDirections() {
        Map<String, Key> keys = resolve(Sample.GOOD);

        assertThat(keys).containsOnlyKeys("carol-moon", "moon-carol");
        assertThat(keys.get("carol-moon")).isEqualTo(key(CAROL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x" + CAROL,
                "# made today: 0xff\n" + CAROL + " # end",
                "00112233 44556677\t8899AABB\r\nCCDDEEFF\n  01020304",
                "\n\n0X" + CAROL + "\n\n"
            })
    void takesWhiteSpaceCommentsAndPrefix(String content) throws IOException {
        put("carol-moon.key", content);

        assertThat(resolve(Sample.GOOD).get("carol-moon")).isEqualTo(key(CAROL));
    }

    @Test
    void wrongLengthStandsAtTheKeyField() throws IOException {
        put("carol-moon.key", CAROL.substring(0, 32));

        assertThat(refusal(Sample.GOOD))
                .isEqualTo("home.yaml:13:53: connections.home.children.net.sas.out.key: secret \"carol-moon\" (file "
                        + "carol-moon.key) has 16 bytes; aes128gcm16 needs 20 bytes: 16 of key and 4 of salt; "
                        + "make one with \"xfrmctl keygen aes128gcm16\"");
    }

    @ParameterizedTest
    @CsvSource({
        "aes256-sha256, 64 bytes: 32 of encryption key and 32 of integrity key",
        "null-sha512, 64 bytes: 64 of integrity key"
    })
    void saysWhatTheLengthIsMadeOf(String suite, String layout) {
        assertThat(refusal(Sample.with("aes128gcm16", suite))).contains("has 20 bytes; " + suite + " needs " + layout);
    }

    @Test
    void missingFileSaysHowToMakeIt() throws IOException {
        Files.delete(directory.resolve("carol-moon.key"));

        assertThat(refusal(Sample.GOOD))
                .isEqualTo("home.yaml:16:3: secrets.carol-moon: secret \"carol-moon\" (file carol-moon.key) does not "
                        + "exist; make it with \"xfrmctl keygen\", or copy it from the peer");
    }

    @ParameterizedTest
    @CsvSource({"rw-r--r--, 0644", "rw-r-----, 0640", "rw----r--, 0604", "rw---x---, 0610", "rw-----w-, 0602"})
    void refusesFilesThatOthersMayTouch(String mode, String octal) throws IOException {
        Files.setPosixFilePermissions(directory.resolve("carol-moon.key"), PosixFilePermissions.fromString(mode));

        assertThat(refusal(Sample.GOOD))
                .isEqualTo("home.yaml:16:3: secrets.carol-moon: secret \"carol-moon\" (file carol-moon.key) has mode "
                        + octal + ", so others than its owner have access; allowed is 0600 or 0400; "
                        + "run: chmod 600 carol-moon.key");
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000, true", "0, 1000, true", "1001, 1000, false", "1000, 0, false", "0, 0, true"})
    void ownerIsTheCallerOrRoot(int owner, int user, boolean allowed) {
        assertThat(SecretReader.ownerAllowed(owner, user)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''         | is empty; allowed are",
                "'# none'   | is empty; allowed are",
                "'00112'    | has an odd number of hex digits, 5; one is missing; allowed are",
                "'0011\n2z' | has something that is no hex digit in its line 2, column 2; allowed are",
                "'#\n#\n q' | has something that is no hex digit in its line 3, column 2; allowed are"
            })
    void malformedContentIsPlacedAndNotShown(String content, String message) throws IOException {
        put("carol-moon.key", content);

        assertThat(refusal(Sample.GOOD)).contains("secret \"carol-moon\" (file carol-moon.key) " + message);
    }

    @Test
    void twoSecretsOfOneContentAreRefused() throws IOException {
        put("moon-carol.key", CAROL);

        assertThat(refusal(Sample.GOOD))
                .contains("has the same content as secret \"carol-moon\"; each SA needs its own");
    }

    @Test
    void allProblemsComeTogether() throws IOException {
        put("carol-moon.key", "00");
        Files.delete(directory.resolve("moon-carol.key"));

        assertThat(refusal(Sample.GOOD).lines()).hasSize(2);
    }

    @Test
    void overridesNeedNoSource() throws IOException {
        Files.delete(directory.resolve("moon-carol.key"));
        Key given = Key.of(new byte[20]);

        Map<String, Key> keys = new SecretStore(reader).resolve(definition(Sample.GOOD), Map.of("moon-carol", given));

        assertThat(keys).containsEntry("moon-carol", given);
    }

    @Test
    void readsTheEnvironment() {
        SecretReader withVariable = new SecretReader(Map.of("CAROL_KEY", CAROL), 0, Duration.ofSeconds(20));
        String text = Sample.with("{ file: carol-moon.key }", "{ env: CAROL_KEY }");
        SecretSource source = definition(text).secrets().get("carol-moon");

        assertThat(withVariable
                        .read("carol-moon", Objects.requireNonNull(source))
                        .revealHex())
                .isEqualTo(CAROL);
        assertThat(refusal(Sample.with("{ file: carol-moon.key }", "{ env: XFRMCTL_NOT_SET }")))
                .isEqualTo("home.yaml:16:3: secrets.carol-moon: secret \"carol-moon\" (environment variable "
                        + "XFRMCTL_NOT_SET) is not set; export XFRMCTL_NOT_SET with the key in hex");
    }

    @Test
    void readsACommandsOutput() {
        String text = Sample.with("{ file: carol-moon.key }", "{ command: [echo, " + "\"" + CAROL + "\"] }");

        assertThat(resolve(text).get("carol-moon")).isNotNull();
        assertThat(refusal(Sample.with("{ file: carol-moon.key }", "{ command: [\"false\", secretword] }")))
                .contains("(command false) ended with exit status 1; run it by hand")
                .doesNotContain("secretword");
        assertThat(refusal(Sample.with("{ file: carol-moon.key }", "{ command: /nonexistent/program }")))
                .contains("could not be started; check that the program exists");
    }

    @Test
    void aCommandThatHangsIsEnded() {
        SecretReader impatient = new SecretReader(Map.of(), 0, Duration.ofMillis(1));
        SecretSource source = new SecretSource.Command(List.of("sleep", "100"), new Place("f", 1, 1, ""));

        assertThatThrownBy(() -> impatient.read("slow", source))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("took longer than 1 ms and was ended");
    }
}

package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyGenerationTest {
    private final KeyGeneration generation = new KeyGeneration(new SecureRandom());

    @TempDir
    Path directory;

    private Definition sample() {
        return DefinitionReader.parse(Sample.GOOD, directory.resolve("home.yaml"));
    }

    @Test
    void makesWhatTheDefinitionNeeds() throws IOException {
        Path first = directory.resolve("carol-moon.key");

        assertThat(generation.createMissing(sample())).containsExactly(first, directory.resolve("moon-carol.key"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first)))
                .isEqualTo("rw-------");
        assertThat(new SecretStore(SecretReader.ofProcess(Duration.ofSeconds(20))).resolve(sample()))
                .hasSize(2)
                .allSatisfy((name, key) -> assertThat(key.length()).isEqualTo(20));
    }

    @Test
    void keepsWhatIsThere() throws IOException {
        Path first = Files.writeString(directory.resolve("carol-moon.key"), "mine");

        assertThat(generation.createMissing(sample())).containsExactly(directory.resolve("moon-carol.key"));
        assertThat(first).hasContent("mine");
        assertThatThrownBy(() -> KeyGeneration.write(first, generation.generate(20)))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void reportsWhatItCannotWrite() {
        Definition elsewhere =
                DefinitionReader.parse(Sample.with("carol-moon.key", "no/such/x.key"), directory.resolve("home.yaml"));

        assertThatThrownBy(() -> generation.createMissing(elsewhere))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("x.key) cannot be written")
                .hasMessageContaining("check that the directory exists");
    }

    @ParameterizedTest
    @CsvSource({"aes128gcm16, 20", "aes256gcm8, 36", "aes192-sha1, 44", "aes256-sha512, 96", "null-sha384, 48", "32, 32"
    })
    void knowsTheLengths(String what, int bytes) {
        assertThat(KeyGeneration.length(what)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0", "1025", "99999", "-1", "rot13"})
    void refusesOtherLengths(String what) {
        assertThatThrownBy(() -> KeyGeneration.length(what))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed are 1 to 1024 bytes or one of aes128gcm8");
    }

    @Test
    void keysDiffer() {
        assertThat(generation.generate(16)).isNotEqualTo(generation.generate(16));
    }
}

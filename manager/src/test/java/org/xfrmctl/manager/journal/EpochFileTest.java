package org.xfrmctl.manager.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.model.definition.Child;

class EpochFileTest {
    private static final Child A = child("a").derived("s").build();
    private static final Child B = child("b").derived("s").build();

    @TempDir
    private Path directory;

    private Path place() {
        return directory.resolve("state/epochs");
    }

    private EpochFile open() {
        return EpochFile.open(place(), Duration.ZERO);
    }

    @Test
    void whatWasUsedIsKnownAtOnceAndLater() {
        try (EpochFile epochs = open()) {
            assertThat(epochs.used(A)).isZero();
            epochs.use(Map.of(A, 3L));
            assertThat(epochs.used(A)).isEqualTo(3);
            epochs.use(Map.of(B, 1L));
            assertThat(EpochFile.look(place()).used(A)).isEqualTo(3);
        }
        try (EpochFile epochs = open()) {
            assertThat(epochs.used(A)).isEqualTo(3);
            assertThat(epochs.used(B)).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeWrittenDoesNotCount() throws IOException {
        try (EpochFile epochs = open()) {
            epochs.use(Map.of(A, 1L));
            Files.createDirectories(place().resolve("epochs.new/in-the-way"));

            assertThatThrownBy(() -> epochs.use(Map.of(A, 2L))).isInstanceOf(JournalException.class);
            assertThat(epochs.used(A)).isEqualTo(1);
        }
    }

    @Test
    void whoWaitsIsToldForWhat() {
        try (EpochFile epochs = open()) {
            assertThat(epochs.used(A)).isZero();
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("this one, notes the epochs of derived keys and has not ended within 0 s");
        }
    }

    @Test
    void aDirectoryOfOthersIsRefusedForWhatItIs() throws IOException {
        Files.createDirectories(place());
        Files.setPosixFilePermissions(place(), PosixFilePermissions.fromString("rwxrwx---"));

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("could be made to use keys twice")
                .hasMessageContaining("--epoch-dir")
                .hasMessageNotContaining("--state-dir");
    }
}

package org.xfrmctl.manager.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.model.definition.ChildName;

class FileJournalTest {
    private static final String BOOT = "5f5a3f0e";
    private static final ChildName CHILD = new ChildName("net", "a");

    @TempDir
    Path directory;

    private static JournalRecord record() {
        DesiredState desired = compile(child("a").ipcomp());
        return new JournalRecord(
                Ledger.EMPTY.with(desired.children()),
                Map.of(CHILD, new UnfinishedRun(Goal.UP, 4711, Instant.parse("2026-11-25T12:00:00.5Z"))));
    }

    private FileJournal open() {
        return FileJournal.open(directory.resolve("state/netns-1"), BOOT, Duration.ZERO);
    }

    @Test
    void whatIsWrittenIsReadByAnother() throws IOException {
        try (FileJournal journal = open()) {
            assertThat(journal.read()).isEqualTo(JournalRecord.EMPTY);
            journal.write(record());
        }
        try (FileJournal journal = open()) {
            assertThat(journal.read()).isEqualTo(record());
            journal.write(JournalRecord.EMPTY);
            assertThat(journal.read()).isEqualTo(JournalRecord.EMPTY);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("state"))))
                .isEqualTo("rwx------");
    }

    @Test
    void theTextIsForPeopleToo() {
        assertThat(JournalText.print(record(), BOOT).lines())
                .startsWith(
                        "xfrmctl journal 1, boot 5f5a3f0e",
                        "run net/a up 4711 2026-11-25T12:00:00.500Z",
                        "own net/a policy src 10.1.0.0/16 dst 10.2.0.0/16 dir out")
                .contains("own net/a state dst 192.0.2.2 proto comp spi 0x00001001")
                .hasSize(2 + 3 + 4);
    }

    @Test
    void ofAnotherBootNothingIsTaken() {
        try (FileJournal journal = open()) {
            journal.write(record());
        }
        assertThat(FileJournal.read(directory.resolve("state/netns-1"), "another"))
                .isEqualTo(JournalRecord.EMPTY);
    }

    @Test
    void whatIsNoJournalIsRefusedByItsLine() throws IOException {
        for (String line :
                new String[] {"own net", "owns net/a x", "run net/a up x 2026-11-25T12:00:00Z", "run net/a up 1"}) {
            assertThatThrownBy(() -> JournalText.read("journal", "xfrmctl journal 1, boot b\n" + line, "b"))
                    .isInstanceOf(JournalException.class)
                    .hasMessageStartingWith("journal:2: expected ");
        }
        assertThatThrownBy(() -> JournalText.read("journal", "", "b")).hasMessageStartingWith("journal:1: expected ");
        Path place = Files.createDirectories(directory.resolve("state/netns-1"));
        Files.writeString(place.resolve("journal"), "{}");
        assertThatThrownBy(() -> FileJournal.read(place, BOOT)).hasMessageContaining("netns-1/journal:1: expected ");
    }

    @Test
    void oneAtATime() {
        try (FileJournal journal = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(journal.read()).isEqualTo(JournalRecord.EMPTY);
        }
        open().close();
    }

    @Test
    void aDirectoryThatCannotBeIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> FileJournal.open(file.resolve("x"), BOOT, Duration.ZERO))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("file")
                .hasMessageContaining("--state-dir");
    }

    /** The file that is written first cannot be: as on a full disk, what was there stays. */
    @Test
    void whatCannotBeWrittenLeavesTheOldRecord() throws IOException {
        try (FileJournal journal = open()) {
            journal.write(record());
            Files.createDirectory(directory.resolve("state/netns-1/journal.new"));
            assertThatThrownBy(() -> journal.write(JournalRecord.EMPTY)).isInstanceOf(JournalException.class);
            assertThat(journal.read()).isEqualTo(record());
        }
    }
}

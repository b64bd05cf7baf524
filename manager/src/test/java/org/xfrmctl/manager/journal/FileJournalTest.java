package org.xfrmctl.manager.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Ledger;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.netlink.NetlinkException;

class FileJournalTest {
    private static final String BOOT = "5f5a3f0e";
    private static final ChildName CHILD = new ChildName("net", "a");

    @TempDir
    Path directory;

    private static JournalRecord record() {
        DesiredState desired = compile(child("a").ipcomp());
        return new JournalRecord(
                Ledger.EMPTY.with(desired.children()),
                Map.of(CHILD, new UnfinishedRun(Goal.UP, 4711, Instant.parse("2026-11-25T12:00:00.5Z"))),
                Map.of(CHILD, Goal.REKEY_INBOUND),
                Set.of("gre1", "ipsec0"),
                Map.of(
                        CHILD,
                        List.of(
                                new AskedRoute(
                                        IpPrefix.parse("10.2.0.0/16"), OptionalInt.of(1300), OptionalInt.of(1260)),
                                new AskedRoute(
                                        IpPrefix.parse("192.0.2.2/32"), OptionalInt.empty(), OptionalInt.empty())),
                        new ChildName("net", "b"),
                        List.of()));
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
                        "goal net/a rekey-inbound",
                        "unkept gre1",
                        "unkept ipsec0",
                        "route net/a 10.2.0.0/16 mtu 1300 advmss 1260",
                        "route net/a 192.0.2.2/32",
                        "route net/b none",
                        "own net/a policy src 10.1.0.0/16 dst 10.2.0.0/16 dir out")
                .contains("own net/a state dst 192.0.2.2 proto comp spi 0x00001001")
                .hasSize(8 + 3 + 4);
    }

    /** What it does not say of routes is not known: that is not that none is asked for. */
    @Test
    void aJournalOfAnEarlierVersionIsRead() {
        JournalRecord read = JournalText.read("journal", "xfrmctl journal 1, boot b\ngoal net/a up\n", "b");

        assertThat(read.goals()).containsEntry(CHILD, Goal.UP);
        assertThat(read.routes()).isEmpty();
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
        for (String line : new String[] {
            "own net",
            "unkept",
            "owns net/a x",
            "run net/a up x 2026-11-25T12:00:00Z",
            "run net/a up 1",
            "route net/a 10.2.0.0",
            "route net/a 10.2.0.0/16 mtu",
            "route net/a 10.2.0.0/16 mtu x",
            "route net/a 10.2.0.0/16 metric 1"
        }) {
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

    private Process another() throws IOException {
        String path = Stream.of(FileJournal.class, JournalHolder.class, ChildName.class, NetlinkException.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        JournalHolder.class.getName(),
                        directory.resolve("state/netns-1").toString(),
                        BOOT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String said(Process process) throws IOException {
        return String.valueOf(process.inputReader().readLine());
    }

    /** To close one of two descriptors of a file releases the process's locks of it. */
    @Test
    void aRefusalWithinOneProcessLetsNoOtherIn() throws IOException, InterruptedException {
        Path place = directory.resolve("state/netns-1");
        FileJournal journal = open();
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class);
        assertThat(FileJournal.holder(place))
                .contains(String.valueOf(ProcessHandle.current().pid()));
        Process refused = another();
        assertThat(said(refused))
                .contains("another xfrmctl, process " + ProcessHandle.current().pid());
        assertThat(refused.waitFor()).isZero();
        journal.close();
        assertThat(FileJournal.holder(place)).isEmpty();

        Process holder = another();
        assertThat(said(holder)).isEqualTo(JournalHolder.TAKEN);
        assertThat(FileJournal.holder(place)).contains(String.valueOf(holder.pid()));
        assertThatThrownBy(this::open).hasMessageContaining("process " + holder.pid());
        holder.getOutputStream().close();
        assertThat(holder.waitFor()).isZero();
        open().close();
    }

    @Test
    void whoOnlyWaitsForAnotherProcessIsNotTheHolder() throws IOException, InterruptedException {
        Path place = directory.resolve("state/netns-1");
        open().close();
        Process holder = another();
        assertThat(said(holder)).isEqualTo(JournalHolder.TAKEN);
        Thread waiting = new Thread(
                () -> FileJournal.open(place, BOOT, Duration.ofMinutes(1)).close());
        waiting.start();
        // It looks again every now and then, and has to be let; each time before it does so it is asleep.
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThat(FileJournal.holder(place)).contains(String.valueOf(holder.pid()));
        assertThatThrownBy(() -> FileJournal.open(place, BOOT, Duration.ZERO))
                .hasMessageContaining("another xfrmctl, process " + holder.pid());
        holder.getOutputStream().close();
        assertThat(holder.waitFor()).isZero();
        waiting.join();
    }

    @Test
    void aDirectoryOthersCanWriteIsRefused() throws IOException {
        open().close();
        Path place = directory.resolve("state/netns-1");
        for (String mode : new String[] {"rwxrwx---", "rwx----w-"}) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(mode)
                    .hasMessageContaining("--state-dir");
        }
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        open().close();
        Path place = directory.resolve("state/netns-1");
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Files.createSymbolicLink(place.resolve("journal.new"), victim);
        try (FileJournal journal = open()) {
            assertThatThrownBy(() -> journal.write(JournalRecord.EMPTY)).isInstanceOf(JournalException.class);
        }
        Files.delete(place.resolve("lock"));
        Files.createSymbolicLink(place.resolve("lock"), victim);
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class);
        assertThat(victim).hasContent("precious");
    }

    @Test
    void whatIsNoJournalIsMovedAside() throws IOException {
        Path place = directory.resolve("state/netns-1");
        try (FileJournal journal = open()) {
            journal.write(record());
            assertThat(journal.setAside()).isEmpty();
            for (byte[] bad : new byte[][] {{'{', '}'}, {(byte) 0xff}}) {
                Files.write(place.resolve("journal"), bad);
                assertThatThrownBy(journal::read).hasMessageContaining("netns-1/journal:1: expected ");
                assertThat(journal.setAside().orElseThrow()).contains("journal:1: expected ", "journal.bad");
                assertThat(journal.read()).isEqualTo(JournalRecord.EMPTY);
                assertThat(place.resolve("journal.bad")).hasBinaryContent(bad);
            }
        }
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

package org.xfrmctl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.journal.FileJournal;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalRecord;
import picocli.CommandLine.Option;

/** {@code --state-dir DIR}: where it is kept what runs may have left in the kernel. */
final class JournalOptions {
    private static final Path DEFAULT_PLACE = Path.of("/run/xfrmctl");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Where it is kept what runs may have left in the kernel. Default: $XFRMCTL_STATE_DIR, else"
                    + " /run/xfrmctl for root and $XDG_RUNTIME_DIR/xfrmctl for others.")
    @Nullable
    Path directory;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for another run that is under way. Default: ${DEFAULT-VALUE}.")
    int patience = 10;

    /** The journal of a kernel, for a run that changes it. */
    Journal open(Kernel kernel) {
        return kernel.name()
                .<Journal>map(name -> FileJournal.open(place(name), boot(), Duration.ofSeconds(patience)))
                .orElseGet(Journal::inMemory);
    }

    /** What the journal of a kernel holds, for whoever only looks. */
    JournalRecord look(Kernel kernel) {
        return kernel.name().map(name -> FileJournal.read(place(name), boot())).orElse(JournalRecord.EMPTY);
    }

    private Path place(String kernel) {
        return (directory != null ? directory : place(System.getenv())).resolve(kernel);
    }

    private static Path place(Map<String, String> environment) {
        Optional<Path> chosen =
                Optional.ofNullable(environment.get("XFRMCTL_STATE_DIR")).map(Path::of);
        Optional<Path> own = Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                .filter(runtime -> !System.getProperty("user.name", "").equals("root"))
                .map(runtime -> Path.of(runtime, "xfrmctl"));
        return chosen.or(() -> own).orElse(DEFAULT_PLACE);
    }

    private static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

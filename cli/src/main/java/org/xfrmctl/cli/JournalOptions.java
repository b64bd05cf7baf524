package org.xfrmctl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.manager.journal.EpochFile;
import org.xfrmctl.manager.journal.EpochStore;
import org.xfrmctl.manager.journal.FileJournal;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.journal.JournalRecord;
import picocli.CommandLine.Option;

/** {@code --state-dir DIR}: where it is kept what runs may have left in the kernel. */
final class JournalOptions {
    /** The socket of a watch, beside the journal. */
    static final String CONTROL = "control";

    private static final Path DEFAULT_PLACE = Path.of("/run/xfrmctl");
    private static final Path DEFAULT_EPOCHS = Path.of("/var/lib/xfrmctl");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Where it is kept what runs may have left in the kernel. Default: $XFRMCTL_STATE_DIR, else"
                    + " /run/xfrmctl, or $XDG_RUNTIME_DIR/xfrmctl where that cannot be written.")
    @Nullable
    Path directory;

    @Option(
            names = "--epoch-dir",
            paramLabel = "DIR",
            description = "Where it is kept over boots which epochs of derived keys were used. Default:"
                    + " $XFRMCTL_EPOCH_DIR, else /var/lib/xfrmctl.")
    @Nullable
    Path epochDirectory;

    /** The used epochs, for a run that may use more; of a kernel without a name they last as long as it. */
    EpochStore openEpochs(Kernel kernel, Duration patience) {
        return kernel.name()
                .<EpochStore>map(name -> EpochFile.open(epochPlace(), patience))
                .orElseGet(EpochStore::inMemory);
    }

    /** The used epochs, for whoever only looks. */
    EpochStore lookEpochs(Kernel kernel) {
        return kernel.name().map(name -> EpochFile.look(epochPlace())).orElseGet(EpochStore::inMemory);
    }

    private Path epochPlace() {
        return epochDirectory != null
                ? epochDirectory
                : path(System.getenv(), "XFRMCTL_EPOCH_DIR").orElse(DEFAULT_EPOCHS);
    }

    /** The journal of a kernel, for a run that changes it. */
    Journal open(Kernel kernel, Duration patience) {
        return kernel.name()
                .<Journal>map(name -> FileJournal.open(place(name), boot(), patience))
                .orElseGet(Journal::inMemory);
    }

    /** What the journal of a kernel holds, for whoever only looks; one that cannot be read is no more than a warning. */
    JournalRecord look(Kernel kernel, PrintWriter warnings) {
        try {
            return kernel.name()
                    .map(name -> FileJournal.read(place(name), boot()))
                    .orElse(JournalRecord.EMPTY);
        } catch (JournalException e) {
            warnings.println("warning: " + e.getMessage());
            return JournalRecord.EMPTY;
        }
    }

    /** The process whose run is under way, by its number. */
    Optional<String> holder(Kernel kernel, PrintWriter warnings) {
        try {
            return kernel.name().flatMap(name -> FileJournal.holder(place(name)));
        } catch (JournalException e) {
            warnings.println("warning: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The journal's directory, made if it is not there; empty for a kernel without a name. */
    Optional<Path> makePlace(Kernel kernel) {
        Optional<Path> place = kernel.name().map(this::place);
        place.ifPresent(FileJournal::makeDirectory);
        return place;
    }

    /** Where a watch of that kernel has its control socket if nobody says otherwise; empty for a kernel without a name. */
    Optional<Path> controlPlace(Kernel kernel) {
        return kernel.name().map(name -> place(name).resolve(CONTROL));
    }

    private Path place(String kernel) {
        return (directory != null ? directory : place(System.getenv(), JournalOptions::isUsable)).resolve(kernel);
    }

    /**
     * By what this process may do and not by its user: in a user namespace of its own it is called root, too.
     *
     * @param isUsable whether a directory can be written, or made
     */
    static Path place(Map<String, String> environment, Predicate<Path> isUsable) {
        Optional<Path> chosen = path(environment, "XFRMCTL_STATE_DIR");
        Optional<Path> own = path(environment, "XDG_RUNTIME_DIR").map(runtime -> runtime.resolve("xfrmctl"));
        return chosen.or(() -> own.filter(runtime -> !isUsable.test(DEFAULT_PLACE)))
                .orElse(DEFAULT_PLACE);
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    private static boolean isUsable(Path place) {
        return Files.isWritable(Files.exists(place) ? place : place.resolveSibling(""));
    }

    private static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

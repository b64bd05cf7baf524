package org.xfrmctl.it.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jnr.ffi.LibraryLoader;

/** The library {@code faults.c} before libc in this JVM: harm at one of the points at which a run has an effect. */
final class Faults {
    /** Its name is that under which JNR looks for libc. */
    static final String LIBRARY = "libc.so.6";

    private static final int ALL_EFFECTS = 1 | 4;

    /** What can fail. */
    enum Kind {
        SEND(1),
        RECEIVE(2),
        FILE(4);

        private final int bit;

        Kind(int bit) {
            this.bit = bit;
        }
    }

    /** With what it fails. */
    enum Failure {
        EINTR(4),
        EIO(5),
        ENOMEM(12),
        ENOSPC(28),
        ENOBUFS(105);

        private final int number;

        Failure(int number) {
            this.number = number;
        }
    }

    private enum Mode {
        NONE,
        FAIL,
        FREEZE
    }

    /** The library's functions. */
    public interface Library {
        void faults_arm(int mode, int kinds, int at, int error);

        int faults_count();
    }

    private final Library library;

    private Faults(Library library) {
        this.library = library;
    }

    /** In a JVM that was started with {@link #environment}. */
    static Faults of(Path directory) {
        return new Faults(LibraryLoader.create(Library.class)
                .failImmediately()
                .load(directory.resolve(LIBRARY).toString()));
    }

    /** Compiles the library to {@code directory}. */
    static void build(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("faults.c");
        try (var text = Faults.class.getResourceAsStream("/lifecycle/faults.c")) {
            if (text == null) {
                throw new IllegalStateException("lifecycle/faults.c is not on the class path");
            }
            Files.copy(text, source);
        }
        List<String> command = List.of(
                "gcc",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-shared",
                "-fPIC",
                "-O1",
                "-o",
                directory.resolve(LIBRARY).toString(),
                source.toString(),
                "-ldl");
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(command + " ended with " + status);
        }
    }

    /** The environment of a JVM in which changes of files below {@code watched} count. */
    static Map<String, String> environment(Path directory, Path watched) {
        return Map.of("LD_PRELOAD", directory.resolve(LIBRARY).toString(), "XFRMCTL_FAULT_DIR", watched + "/");
    }

    /** From the point on nothing has an effect, as if the process had been killed there. */
    int frozen(int point, Runnable run) {
        return armed(Mode.FREEZE, ALL_EFFECTS, point, Failure.EIO, run);
    }

    /** One call fails, and it alone. */
    int failing(Kind kind, int point, Failure failure, Runnable run) {
        return armed(Mode.FAIL, kind.bit, point, failure, run);
    }

    /** How many points of all kinds a run has that nothing is done to; receiving is none. */
    int points(Runnable run) {
        return armed(Mode.NONE, ALL_EFFECTS, 0, Failure.EIO, run);
    }

    private int armed(Mode mode, int kinds, int point, Failure failure, Runnable run) {
        library.faults_arm(mode.ordinal(), kinds, point, failure.number);
        try {
            run.run();
            return library.faults_count();
        } finally {
            library.faults_arm(Mode.NONE.ordinal(), 0, 0, 0);
        }
    }
}

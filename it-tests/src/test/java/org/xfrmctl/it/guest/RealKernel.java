package org.xfrmctl.it.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Whether tests on a real kernel may be left out. With {@code -Dxfrmctl.kernel=required} or {@code
 * XFRMCTL_REAL_KERNEL=required} in the environment a missing kernel is a failure; otherwise the test is skipped and says
 * what to install.
 */
public final class RealKernel {
    private RealKernel() {}

    /** The kernel that starts fastest; without it the calling test ends here, skipped or failed. */
    public static UserModeLinux userModeLinux() {
        return UserModeLinux.installed().orElseThrow(() -> missing(UserModeLinux.INSTALL));
    }

    /** The newer kernel; without it the calling test ends here, skipped or failed. */
    public static GuestKernel qemu() {
        try {
            return QemuLinux.installed().orElseThrow(() -> missing(QemuLinux.INSTALL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the calling test if a tool of these Debian packages is not there: skipped, or failed where it is required. */
    public static void requireOrSkip(boolean there, String packages) {
        if (!there) {
            throw missing("apt-get install " + packages);
        }
    }

    /** Where the scripts that fetch put what they brought: the same choice as theirs. */
    public static Path cache() {
        return environment("XFRMCTL_CACHE")
                .orElseGet(() -> environment("XDG_CACHE_HOME")
                        .orElseGet(() -> Path.of(
                                System.getenv().getOrDefault("HOME", System.getProperty("user.home")), ".cache"))
                        .resolve("xfrmctl"));
    }

    private static Optional<Path> environment(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    /** Does not return: JUnit's own exceptions say what becomes of the test. */
    private static RuntimeException missing(String install) {
        String missing = "not installed here; on Debian: " + install;
        return isRequired() ? Assertions.fail(missing) : Assumptions.abort(missing);
    }

    private static boolean isRequired() {
        return "required".equals(System.getProperty("xfrmctl.kernel", System.getenv("XFRMCTL_REAL_KERNEL")));
    }
}

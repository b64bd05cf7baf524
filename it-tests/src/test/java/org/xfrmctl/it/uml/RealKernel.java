package org.xfrmctl.it.uml;

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

    /** The guest kernel; without one the calling test ends here, skipped or failed. */
    public static UserModeLinux get() {
        Optional<UserModeLinux> kernel = UserModeLinux.installed();
        requireOrSkip(kernel.isPresent(), String.join(" ", UserModeLinux.PACKAGES));
        return kernel.orElseThrow();
    }

    /** Ends the calling test if a tool of these Debian packages is not there: skipped, or failed where it is required. */
    public static void requireOrSkip(boolean there, String packages) {
        if (!there) {
            String missing = "not installed here; on Debian: apt-get install " + packages;
            if (isRequired()) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
    }

    private static boolean isRequired() {
        return "required".equals(System.getProperty("xfrmctl.kernel", System.getenv("XFRMCTL_REAL_KERNEL")));
    }
}

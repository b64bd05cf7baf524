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
        if (kernel.isEmpty()) {
            String missing =
                    "no User Mode Linux here; on Debian: apt-get install " + String.join(" ", UserModeLinux.PACKAGES);
            if (isRequired()) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        return kernel.orElseThrow();
    }

    private static boolean isRequired() {
        return "required".equals(System.getProperty("xfrmctl.kernel", System.getenv("XFRMCTL_REAL_KERNEL")));
    }
}

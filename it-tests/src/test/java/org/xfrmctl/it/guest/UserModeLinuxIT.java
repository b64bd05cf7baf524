package org.xfrmctl.it.guest;

import java.time.Duration;

/** {@link GuestKernelSuite} on User Mode Linux. */
class UserModeLinuxIT extends GuestKernelSuite {
    UserModeLinuxIT() {
        super(RealKernel.userModeLinux(), Duration.ofSeconds(6));
    }
}

package org.xfrmctl.it.guest;

import java.time.Duration;

/** {@link GuestKernelSuite} on Debian's 6.12 in QEMU. */
class QemuLinuxIT extends GuestKernelSuite {
    QemuLinuxIT() {
        super(RealKernel.qemu(), Duration.ofSeconds(15));
    }
}

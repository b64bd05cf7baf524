/**
 * Real kernels for the integration tests, booted as processes of whoever runs the build: User Mode Linux 6.1, which
 * starts fastest, and Debian 6.12 in QEMU, which knows more.
 *
 * <p>Start with {@link org.xfrmctl.it.guest.GuestKernel}. A boot costs seconds, so a test class boots once and runs all
 * of its scenarios inside. docs/TESTING.md says what must be installed and what a boot costs.
 */
@NullMarked
package org.xfrmctl.it.guest;

import org.jspecify.annotations.NullMarked;

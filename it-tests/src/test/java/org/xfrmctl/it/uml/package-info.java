/**
 * A real kernel for the integration tests: User Mode Linux, booted as a process of whoever runs the build.
 *
 * <p>Start with {@link org.xfrmctl.it.uml.UserModeLinux}. A boot costs seconds, so a test class boots once and runs all
 * of its scenarios inside. docs/TESTING.md says what must be installed and what a boot costs.
 */
@NullMarked
package org.xfrmctl.it.uml;

import org.jspecify.annotations.NullMarked;

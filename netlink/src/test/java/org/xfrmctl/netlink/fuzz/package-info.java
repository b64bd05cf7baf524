/**
 * Jazzer targets: bytes that nobody in good faith would send. A build runs them over the checked-in inputs; {@code ./dev
 * fuzz} looks for new ones.
 */
@NullMarked
package org.xfrmctl.netlink.fuzz;

import org.jspecify.annotations.NullMarked;

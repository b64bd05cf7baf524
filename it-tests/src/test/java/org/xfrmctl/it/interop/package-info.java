/**
 * A userspace host and a real kernel as neighbours on an Ethernet (veth), pinging each other by every algorithm in every mode.
 * Read {@link org.xfrmctl.it.interop.InteropIT} first, then {@link org.xfrmctl.it.interop.InteropCase}.
 */
@NullMarked
package org.xfrmctl.it.interop;

import org.jspecify.annotations.NullMarked;

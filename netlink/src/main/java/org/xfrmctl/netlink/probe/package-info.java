/**
 * What a kernel can do, found out by asking it in ways that change nothing: states are rehearsed, and attributes are sent
 * broken, which only a kernel that knows them refuses. A yes or no wants an answer that only such a kernel gives; all else
 * is unknown. Read {@link org.xfrmctl.netlink.probe.CapabilityProbe} first.
 */
@NullMarked
package org.xfrmctl.netlink.probe;

import org.jspecify.annotations.NullMarked;

/**
 * The heart of the userspace kernel: the SAD, the SPD, and what they do to a packet.
 *
 * <p>Start at {@link org.xfrmctl.datapath.engine.XfrmNamespace}: it holds the two tables, the counters and the one lock.
 * {@link org.xfrmctl.datapath.engine.OutputProcessor} and {@link org.xfrmctl.datapath.engine.InputProcessor} take one
 * packet each and return a verdict; they send nothing. Netlink, links and hosts are other packages' matter. RFC 4301
 * names the things; where it leaves a choice the order of Linux's {@code net/xfrm} decides.
 */
@NullMarked
package org.xfrmctl.datapath.engine;

import org.jspecify.annotations.NullMarked;

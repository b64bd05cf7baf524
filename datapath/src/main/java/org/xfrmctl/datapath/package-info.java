/**
 * A kernel in userspace. This package holds only the buffer that all of it works on; below it, from the bytes up:
 * {@code wire} (headers), {@code crypto}, {@code replay}, {@code esp}, {@code ipcomp} (one mechanism each), {@code
 * engine} (SAD, SPD and what they do to a packet), {@code kernel} (the netlink side), {@code link} and {@code host} (a
 * small network for labs), {@code pcap}.
 *
 * <p>Read {@code engine.OutputProcessor} first, then {@code kernel.UserspaceKernel}.
 */
@NullMarked
package org.xfrmctl.datapath;

import org.jspecify.annotations.NullMarked;

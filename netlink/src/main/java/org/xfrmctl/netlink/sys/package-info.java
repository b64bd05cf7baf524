/**
 * The native code, all of it: libc through JNR-FFI, and the AF_NETLINK socket and the Unix socket made of it. Nothing is
 * loaded before the first call. Read {@link org.xfrmctl.netlink.sys.AfNetlinkSocket} first, netlink(7) and setns(2) beside it.
 */
@NullMarked
package org.xfrmctl.netlink.sys;

import org.jspecify.annotations.NullMarked;

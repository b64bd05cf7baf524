/**
 * The native code, all of it: libc through JNR-FFI, and what is made of it: the AF_NETLINK socket, the Unix socket, and
 * the {@link org.xfrmctl.netlink.sys.PacketChannel} of TUN, Ethernet and UDP. Nothing is loaded before the first call. Read {@link org.xfrmctl.netlink.sys.AfNetlinkSocket} first, netlink(7) and setns(2) beside it.
 */
@NullMarked
package org.xfrmctl.netlink.sys;

import org.jspecify.annotations.NullMarked;

/**
 * The door by which other programs reach a userspace kernel: a Unix socket that takes NETLINK_XFRM datagrams. Each
 * connection is one netlink socket. Programs come through {@code preload/xfrmctl-preload.c}, which is the other half of
 * what is agreed here. Read {@link org.xfrmctl.cli.daemon.NetlinkDoor} first.
 */
@NullMarked
package org.xfrmctl.cli.daemon;

import org.jspecify.annotations.NullMarked;

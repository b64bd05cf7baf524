/**
 * A kernel's netlink side in userspace: takes NETLINK_XFRM bytes, checks them as Linux 6.1 does, changes the tables of
 * an {@link org.xfrmctl.datapath.engine.XfrmNamespace} and answers with the same bytes: acks, error numbers, texts,
 * dumps and events.
 *
 * <p>Not here: the tables and their rules ({@code engine}), packets, and any system call. Read {@link
 * org.xfrmctl.datapath.kernel.UserspaceKernel} first. Sources: {@code net/xfrm/xfrm_user.c}, {@code
 * net/netlink/af_netlink.c}, {@code lib/nlattr.c}, read for their behaviour, and transcripts of a real kernel, which the
 * tests replay.
 */
@NullMarked
package org.xfrmctl.datapath.kernel;

import org.jspecify.annotations.NullMarked;

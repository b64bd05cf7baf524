/**
 * The structs and constants of {@code linux/xfrm.h}, {@code linux/rtnetlink.h} and {@code linux/netlink.h}, one record per
 * struct: raw bits of the kernel's width, no meaning. What a value means is read in {@code org.xfrmctl.netlink.xfrm} and
 * {@code org.xfrmctl.netlink.route}. {@link org.xfrmctl.netlink.uapi.XfrmUsersaInfo} shows the pattern.
 */
@NullMarked
package org.xfrmctl.netlink.uapi;

import org.jspecify.annotations.NullMarked;

/**
 * XFRM messages and what they mean: bytes to {@code org.xfrmctl.model} and back, and the client that asks a kernel.
 *
 * <p>Read {@link org.xfrmctl.netlink.xfrm.StateCodec} first. It and {@link org.xfrmctl.netlink.xfrm.PolicyCodec} serve
 * both sides: a client encodes requests and decodes dumps, the userspace kernel decodes requests and encodes dumps. Signs,
 * families, "infinite" and "absent" are decided here and nowhere else.
 */
@NullMarked
package org.xfrmctl.netlink.xfrm;

import org.jspecify.annotations.NullMarked;

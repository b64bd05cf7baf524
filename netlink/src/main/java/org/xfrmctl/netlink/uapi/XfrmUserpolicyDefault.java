package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/**
 * {@code struct xfrm_userpolicy_default}: what happens to packets without policy: 0 unspecified, 1 block, 2
 * accept.
 */
public record XfrmUserpolicyDefault(
        @Wire(U8) byte in, @Wire(U8) byte fwd, @Wire(U8) byte out) {
    public static final StructCodec<XfrmUserpolicyDefault> CODEC = StructCodec.of(XfrmUserpolicyDefault.class, 3);
}

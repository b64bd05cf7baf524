package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/**
 * {@code struct xfrm_userpolicy_id}: what names a policy in XFRM_MSG_GETPOLICY and XFRM_MSG_DELPOLICY: its index, or
 * its selector if that is 0.
 */
public record XfrmUserpolicyId(
        XfrmSelector sel, @Wire(U32) int index, @Wire(U8) byte dir) {
    public static final StructCodec<XfrmUserpolicyId> CODEC = StructCodec.of(XfrmUserpolicyId.class, 64);
}

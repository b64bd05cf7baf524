package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_mark}: a packet mark and the mask under which it is compared. */
public record XfrmMark(@Wire(U32) int v, @Wire(U32) int m) {
    public static final StructCodec<XfrmMark> CODEC = StructCodec.of(XfrmMark.class, 8);
}

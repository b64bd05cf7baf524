package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_user_offload}: which device does the cryptography. */
public record XfrmUserOffload(
        @Wire(U32) int ifindex, @Wire(U8) byte flags) {
    public static final StructCodec<XfrmUserOffload> CODEC = StructCodec.of(XfrmUserOffload.class, 8);
}

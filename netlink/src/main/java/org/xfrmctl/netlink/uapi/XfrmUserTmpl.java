package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_user_tmpl}: one transform that a policy asks for. */
public record XfrmUserTmpl(
        XfrmId id,
        @Wire(U16) short family,
        @Wire(ADDRESS) XfrmAddress saddr,
        @Wire(U32) int reqid,
        @Wire(U8) byte mode,
        @Wire(U8) byte share,
        @Wire(U8) byte optional,
        @Wire(U32) int aalgos,
        @Wire(U32) int ealgos,
        @Wire(U32) int calgos) {
    public static final StructCodec<XfrmUserTmpl> CODEC = StructCodec.of(XfrmUserTmpl.class, 64);
}

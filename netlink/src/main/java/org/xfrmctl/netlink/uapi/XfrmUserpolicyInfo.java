package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/**
 * {@code struct xfrm_userpolicy_info}: one policy as XFRM_MSG_NEWPOLICY carries it; its templates follow in
 * XFRMA_TMPL.
 */
public record XfrmUserpolicyInfo(
        XfrmSelector sel,
        XfrmLifetimeCfg lft,
        XfrmLifetimeCur curlft,
        @Wire(U32) int priority,
        @Wire(U32) int index,
        @Wire(U8) byte dir,
        @Wire(U8) byte action,
        @Wire(U8) byte flags,
        @Wire(U8) byte share) {
    public static final StructCodec<XfrmUserpolicyInfo> CODEC = StructCodec.of(XfrmUserpolicyInfo.class, 168);
}

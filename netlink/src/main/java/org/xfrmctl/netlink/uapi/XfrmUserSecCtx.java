package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_user_sec_ctx}: a security label; ctx_len bytes follow. */
public record XfrmUserSecCtx(
        @Wire(U16) short len,
        @Wire(U16) short exttype,
        @Wire(U8) byte ctxAlg,
        @Wire(U8) byte ctxDoi,
        @Wire(U16) short ctxLen) {
    public static final StructCodec<XfrmUserSecCtx> CODEC = StructCodec.of(XfrmUserSecCtx.class, 8);
}

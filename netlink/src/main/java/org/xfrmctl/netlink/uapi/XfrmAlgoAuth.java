package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.NAME64;
import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_algo_auth}: integrity with the length of its ICV; alg_key_len bits of key follow. */
public record XfrmAlgoAuth(
        @Wire(NAME64) String algName,
        @Wire(U32) int algKeyLen,
        @Wire(U32) int algTruncLen) {
    public static final StructCodec<XfrmAlgoAuth> CODEC = StructCodec.of(XfrmAlgoAuth.class, 72);
}

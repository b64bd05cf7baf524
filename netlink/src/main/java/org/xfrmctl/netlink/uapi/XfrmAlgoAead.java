package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.NAME64;
import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_algo_aead}: encryption and integrity in one; alg_key_len bits of key and salt follow. */
public record XfrmAlgoAead(
        @Wire(NAME64) String algName,
        @Wire(U32) int algKeyLen,
        @Wire(U32) int algIcvLen) {
    public static final StructCodec<XfrmAlgoAead> CODEC = StructCodec.of(XfrmAlgoAead.class, 72);
}

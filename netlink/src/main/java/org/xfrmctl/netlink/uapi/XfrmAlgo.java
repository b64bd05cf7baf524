package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.NAME64;
import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_algo}: a cipher or compressor; alg_key_len bits of key follow. */
public record XfrmAlgo(
        @Wire(NAME64) String algName, @Wire(U32) int algKeyLen) {
    public static final StructCodec<XfrmAlgo> CODEC = StructCodec.of(XfrmAlgo.class, 68);
}

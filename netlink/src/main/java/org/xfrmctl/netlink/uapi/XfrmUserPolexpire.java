package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_user_polexpire}: a policy reached its soft (0) or hard (1) limit. */
public record XfrmUserPolexpire(
        XfrmUserpolicyInfo pol, @Wire(U8) byte hard) {
    public static final StructCodec<XfrmUserPolexpire> CODEC = StructCodec.of(XfrmUserPolexpire.class, 176);
}

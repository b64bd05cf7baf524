package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrmu_spdhthresh}: from which prefix lengths on the SPD hashes policies. */
public record XfrmuSpdhthresh(
        @Wire(U8) byte lbits, @Wire(U8) byte rbits) {
    public static final StructCodec<XfrmuSpdhthresh> CODEC = StructCodec.of(XfrmuSpdhthresh.class, 2);
}

package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrmu_spdhinfo}: the SPD's hash mask, now and at most. */
public record XfrmuSpdhinfo(
        @Wire(U32) int spdhcnt, @Wire(U32) int spdhmcnt) {
    public static final StructCodec<XfrmuSpdhinfo> CODEC = StructCodec.of(XfrmuSpdhinfo.class, 8);
}

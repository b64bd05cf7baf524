package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrmu_spdinfo}: how many policies there are by direction, the sockets' own counted apart. */
public record XfrmuSpdinfo(
        @Wire(U32) int incnt,
        @Wire(U32) int outcnt,
        @Wire(U32) int fwdcnt,
        @Wire(U32) int inscnt,
        @Wire(U32) int outscnt,
        @Wire(U32) int fwdscnt) {
    public static final StructCodec<XfrmuSpdinfo> CODEC = StructCodec.of(XfrmuSpdinfo.class, 24);
}

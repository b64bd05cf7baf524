package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct rta_cacheinfo}: use and age of a route; {@code expires} is in hundredths of a second, 0 for never. */
public record RtaCacheinfo(
        @Wire(U32) int clntref,
        @Wire(U32) int lastuse,
        @Wire(U32) int expires,
        @Wire(U32) int error,
        @Wire(U32) int used,
        @Wire(U32) int id,
        @Wire(U32) int ts,
        @Wire(U32) int tsage) {
    public static final StructCodec<RtaCacheinfo> CODEC = StructCodec.of(RtaCacheinfo.class, 32);
}

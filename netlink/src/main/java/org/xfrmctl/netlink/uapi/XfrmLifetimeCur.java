package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U64;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_lifetime_cur}: what was used so far; times in Unix seconds. */
public record XfrmLifetimeCur(
        @Wire(U64) long bytes,
        @Wire(U64) long packets,
        @Wire(U64) long addTime,
        @Wire(U64) long useTime) {
    public static final StructCodec<XfrmLifetimeCur> CODEC = StructCodec.of(XfrmLifetimeCur.class, 32);
}

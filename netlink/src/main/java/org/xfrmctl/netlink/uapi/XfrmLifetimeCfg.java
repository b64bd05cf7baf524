package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U64;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/**
 * {@code struct xfrm_lifetime_cfg}: limits in bytes, packets and seconds; all ones is no limit for bytes and
 * packets, 0 is none for seconds.
 */
public record XfrmLifetimeCfg(
        @Wire(U64) long softByteLimit,
        @Wire(U64) long hardByteLimit,
        @Wire(U64) long softPacketLimit,
        @Wire(U64) long hardPacketLimit,
        @Wire(U64) long softAddExpiresSeconds,
        @Wire(U64) long hardAddExpiresSeconds,
        @Wire(U64) long softUseExpiresSeconds,
        @Wire(U64) long hardUseExpiresSeconds) {
    public static final StructCodec<XfrmLifetimeCfg> CODEC = StructCodec.of(XfrmLifetimeCfg.class, 64);
}

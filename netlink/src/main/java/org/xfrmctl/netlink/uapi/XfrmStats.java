package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_stats}: packets that a state refused. */
public record XfrmStats(
        @Wire(U32) int replayWindow,
        @Wire(U32) int replay,
        @Wire(U32) int integrityFailed) {
    public static final StructCodec<XfrmStats> CODEC = StructCodec.of(XfrmStats.class, 12);
}

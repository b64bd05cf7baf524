package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_replay_state}: sequence numbers of 32 bits and a window of 32 packets. */
public record XfrmReplayState(
        @Wire(U32) int oseq, @Wire(U32) int seq, @Wire(U32) int bitmap) {
    public static final StructCodec<XfrmReplayState> CODEC = StructCodec.of(XfrmReplayState.class, 12);
}

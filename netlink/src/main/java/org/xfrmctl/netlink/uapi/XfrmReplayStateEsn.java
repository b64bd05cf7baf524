package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_replay_state_esn}: sequence numbers with high words; bmp_len words of bitmap follow. */
public record XfrmReplayStateEsn(
        @Wire(U32) int bmpLen,
        @Wire(U32) int oseq,
        @Wire(U32) int seq,
        @Wire(U32) int oseqHi,
        @Wire(U32) int seqHi,
        @Wire(U32) int replayWindow) {
    public static final StructCodec<XfrmReplayStateEsn> CODEC = StructCodec.of(XfrmReplayStateEsn.class, 24);
}

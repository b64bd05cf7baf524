package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_usersa_info}: one SA as XFRM_MSG_NEWSA carries it. */
public record XfrmUsersaInfo(
        XfrmSelector sel,
        XfrmId id,
        @Wire(ADDRESS) XfrmAddress saddr,
        XfrmLifetimeCfg lft,
        XfrmLifetimeCur curlft,
        XfrmStats stats,
        @Wire(U32) int seq,
        @Wire(U32) int reqid,
        @Wire(U16) short family,
        @Wire(U8) byte mode,
        @Wire(U8) byte replayWindow,
        @Wire(U8) byte flags) {
    public static final StructCodec<XfrmUsersaInfo> CODEC = StructCodec.of(XfrmUsersaInfo.class, 224);
}

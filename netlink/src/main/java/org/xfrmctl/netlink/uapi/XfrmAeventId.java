package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_aevent_id}: whose replay or lifetime state XFRM_MSG_NEWAE tells. */
public record XfrmAeventId(
        XfrmUsersaId saId,
        @Wire(ADDRESS) XfrmAddress saddr,
        @Wire(U32) int flags,
        @Wire(U32) int reqid) {
    public static final StructCodec<XfrmAeventId> CODEC = StructCodec.of(XfrmAeventId.class, 48);
}

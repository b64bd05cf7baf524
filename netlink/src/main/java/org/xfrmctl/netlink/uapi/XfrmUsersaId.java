package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.BE32;
import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_usersa_id}: what names an SA in XFRM_MSG_GETSA and XFRM_MSG_DELSA. */
public record XfrmUsersaId(
        @Wire(ADDRESS) XfrmAddress daddr,
        @Wire(BE32) int spi,
        @Wire(U16) short family,
        @Wire(U8) byte proto) {
    public static final StructCodec<XfrmUsersaId> CODEC = StructCodec.of(XfrmUsersaId.class, 24);
}

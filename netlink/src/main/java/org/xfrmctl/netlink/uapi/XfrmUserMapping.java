package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.BE16;
import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_user_mapping}: a NAT moved the peer to another address or port. */
public record XfrmUserMapping(
        XfrmUsersaId id,
        @Wire(U32) int reqid,
        @Wire(ADDRESS) XfrmAddress oldSaddr,
        @Wire(ADDRESS) XfrmAddress newSaddr,
        @Wire(BE16) short oldSport,
        @Wire(BE16) short newSport) {
    public static final StructCodec<XfrmUserMapping> CODEC = StructCodec.of(XfrmUserMapping.class, 64);
}

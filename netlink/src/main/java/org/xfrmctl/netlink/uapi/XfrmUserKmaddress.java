package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_user_kmaddress}: the addresses of the key manager in a migration. */
public record XfrmUserKmaddress(
        @Wire(ADDRESS) XfrmAddress local,
        @Wire(ADDRESS) XfrmAddress remote,
        @Wire(U32) int reserved,
        @Wire(U16) short family) {
    public static final StructCodec<XfrmUserKmaddress> CODEC = StructCodec.of(XfrmUserKmaddress.class, 40);
}

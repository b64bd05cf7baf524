package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_user_migrate}: the old and new ends of a template that XFRM_MSG_MIGRATE moves. */
public record XfrmUserMigrate(
        @Wire(ADDRESS) XfrmAddress oldDaddr,
        @Wire(ADDRESS) XfrmAddress oldSaddr,
        @Wire(ADDRESS) XfrmAddress newDaddr,
        @Wire(ADDRESS) XfrmAddress newSaddr,
        @Wire(U8) byte proto,
        @Wire(U8) byte mode,
        @Wire(U16) short reserved,
        @Wire(U32) int reqid,
        @Wire(U16) short oldFamily,
        @Wire(U16) short newFamily) {
    public static final StructCodec<XfrmUserMigrate> CODEC = StructCodec.of(XfrmUserMigrate.class, 76);
}

package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.BE32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_id}: what names a state inbound. */
public record XfrmId(
        @Wire(ADDRESS) XfrmAddress daddr,
        @Wire(BE32) int spi,
        @Wire(U8) byte proto) {
    public static final StructCodec<XfrmId> CODEC = StructCodec.of(XfrmId.class, 24);
}

package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.BE16;
import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_selector}: which packets an object is for; compared byte for byte by the SPD. */
public record XfrmSelector(
        @Wire(ADDRESS) XfrmAddress daddr,
        @Wire(ADDRESS) XfrmAddress saddr,
        @Wire(BE16) short dport,
        @Wire(BE16) short dportMask,
        @Wire(BE16) short sport,
        @Wire(BE16) short sportMask,
        @Wire(U16) short family,
        @Wire(U8) byte prefixlenD,
        @Wire(U8) byte prefixlenS,
        @Wire(U8) byte proto,
        @Wire(U32) int ifindex,
        @Wire(U32) int user) {
    public static final StructCodec<XfrmSelector> CODEC = StructCodec.of(XfrmSelector.class, 56);
}

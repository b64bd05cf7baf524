package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_address_filter}: restricts a dump of states by prefixes. */
public record XfrmAddressFilter(
        @Wire(ADDRESS) XfrmAddress saddr,
        @Wire(ADDRESS) XfrmAddress daddr,
        @Wire(U16) short family,
        @Wire(U8) byte splen,
        @Wire(U8) byte dplen) {
    public static final StructCodec<XfrmAddressFilter> CODEC = StructCodec.of(XfrmAddressFilter.class, 36);
}

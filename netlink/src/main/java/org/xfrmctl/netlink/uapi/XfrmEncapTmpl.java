package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.BE16;
import static org.xfrmctl.netlink.struct.CType.U16;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_encap_tmpl}: UDP or TCP around ESP. */
public record XfrmEncapTmpl(
        @Wire(U16) short encapType,
        @Wire(BE16) short encapSport,
        @Wire(BE16) short encapDport,
        @Wire(ADDRESS) XfrmAddress encapOa) {
    public static final StructCodec<XfrmEncapTmpl> CODEC = StructCodec.of(XfrmEncapTmpl.class, 24);
}

package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct ifaddrmsg}: an address of a link; {@code flags} are the low 8 bits of IFA_FLAGS. */
public record Ifaddrmsg(
        @Wire(U8) byte family,
        @Wire(U8) byte prefixlen,
        @Wire(U8) byte flags,
        @Wire(U8) byte scope,
        @Wire(U32) int index) {
    public static final StructCodec<Ifaddrmsg> CODEC = StructCodec.of(Ifaddrmsg.class, 8);
}

package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct ifinfomsg}: a link as RTM_NEWLINK carries it; {@code change} says which {@code flags} to set. */
public record Ifinfomsg(
        @Wire(U8) byte family,
        @Wire(U16) short type,
        @Wire(U32) int index,
        @Wire(U32) int flags,
        @Wire(U32) int change) {
    public static final StructCodec<Ifinfomsg> CODEC = StructCodec.of(Ifinfomsg.class, 16);
}

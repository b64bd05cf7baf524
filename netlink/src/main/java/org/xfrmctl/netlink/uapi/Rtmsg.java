package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct rtmsg}: a route; {@code table} is too narrow for most, RTA_TABLE has the whole number. */
public record Rtmsg(
        @Wire(U8) byte family,
        @Wire(U8) byte dstLen,
        @Wire(U8) byte srcLen,
        @Wire(U8) byte tos,
        @Wire(U8) byte table,
        @Wire(U8) byte protocol,
        @Wire(U8) byte scope,
        @Wire(U8) byte type,
        @Wire(U32) int flags) {
    public static final StructCodec<Rtmsg> CODEC = StructCodec.of(Rtmsg.class, 12);
}

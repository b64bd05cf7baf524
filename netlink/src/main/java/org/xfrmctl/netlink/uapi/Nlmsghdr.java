package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct nlmsghdr}: the header of every netlink message: type, flags, and who asked. */
public record Nlmsghdr(
        @Wire(U32) int len,
        @Wire(U16) short type,
        @Wire(U16) short flags,
        @Wire(U32) int seq,
        @Wire(U32) int pid) {
    public static final StructCodec<Nlmsghdr> CODEC = StructCodec.of(Nlmsghdr.class, 16);
}

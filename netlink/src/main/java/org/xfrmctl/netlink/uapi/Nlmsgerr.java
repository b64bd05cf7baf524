package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct nlmsgerr}: what NLMSG_ERROR begins with: 0 or a negative errno, then the header of the request. */
public record Nlmsgerr(@Wire(U32) int error, Nlmsghdr msg) {
    public static final StructCodec<Nlmsgerr> CODEC = StructCodec.of(Nlmsgerr.class, 20);
}

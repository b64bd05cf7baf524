package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct rtgenmsg}: what every message of NETLINK_ROUTE begins with. */
public record Rtgenmsg(@Wire(U8) byte family) {
    public static final StructCodec<Rtgenmsg> CODEC = StructCodec.of(Rtgenmsg.class, 1);
}

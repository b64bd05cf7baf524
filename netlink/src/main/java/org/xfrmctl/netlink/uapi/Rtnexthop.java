package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct rtnexthop}: one hop of RTA_MULTIPATH; attributes follow up to {@code len}, then the next hop. */
public record Rtnexthop(
        @Wire(U16) short len,
        @Wire(U8) byte flags,
        @Wire(U8) byte hops,
        @Wire(U32) int ifindex) {
    public static final StructCodec<Rtnexthop> CODEC = StructCodec.of(Rtnexthop.class, 8);
}

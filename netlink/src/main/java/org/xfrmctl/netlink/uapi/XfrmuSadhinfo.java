package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrmu_sadhinfo}: the size of the SAD's hash table, now and at most. */
public record XfrmuSadhinfo(
        @Wire(U32) int sadhcnt, @Wire(U32) int sadhmcnt) {
    public static final StructCodec<XfrmuSadhinfo> CODEC = StructCodec.of(XfrmuSadhinfo.class, 8);
}

package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U16;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_userpolicy_type}: whether a policy is in the main table (0) or among the sub policies (1). */
public record XfrmUserpolicyType(
        @Wire(U8) byte type,
        @Wire(U16) short reserved1,
        @Wire(U8) byte reserved2) {
    public static final StructCodec<XfrmUserpolicyType> CODEC = StructCodec.of(XfrmUserpolicyType.class, 6);
}

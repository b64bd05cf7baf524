package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;
import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** {@code struct xfrm_user_acquire}: the kernel asks for an SA. */
public record XfrmUserAcquire(
        XfrmId id,
        @Wire(ADDRESS) XfrmAddress saddr,
        XfrmSelector sel,
        XfrmUserpolicyInfo policy,
        @Wire(U32) int aalgos,
        @Wire(U32) int ealgos,
        @Wire(U32) int calgos,
        @Wire(U32) int seq) {
    public static final StructCodec<XfrmUserAcquire> CODEC = StructCodec.of(XfrmUserAcquire.class, 280);
}

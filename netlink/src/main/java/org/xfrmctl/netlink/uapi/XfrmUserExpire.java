package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_user_expire}: a state reached its soft (0) or hard (1) limit. */
public record XfrmUserExpire(XfrmUsersaInfo state, @Wire(U8) byte hard) {
    public static final StructCodec<XfrmUserExpire> CODEC = StructCodec.of(XfrmUserExpire.class, 232);
}

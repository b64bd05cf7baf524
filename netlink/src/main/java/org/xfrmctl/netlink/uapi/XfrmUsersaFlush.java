package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_usersa_flush}: which protocol's SAs XFRM_MSG_FLUSHSA removes. */
public record XfrmUsersaFlush(@Wire(U8) byte proto) {
    public static final StructCodec<XfrmUsersaFlush> CODEC = StructCodec.of(XfrmUsersaFlush.class, 1);
}

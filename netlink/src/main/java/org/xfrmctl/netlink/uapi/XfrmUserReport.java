package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct xfrm_user_report}: a report of mobile IPv6. */
public record XfrmUserReport(@Wire(U8) byte proto, XfrmSelector sel) {
    public static final StructCodec<XfrmUserReport> CODEC = StructCodec.of(XfrmUserReport.class, 60);
}

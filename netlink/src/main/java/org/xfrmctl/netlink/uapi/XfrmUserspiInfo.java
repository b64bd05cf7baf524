package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/**
 * {@code struct xfrm_userspi_info}: a request for an SPI between min and max, which are in host order though the SPI
 * itself is not.
 */
public record XfrmUserspiInfo(
        XfrmUsersaInfo info, @Wire(U32) int min, @Wire(U32) int max) {
    public static final StructCodec<XfrmUserspiInfo> CODEC = StructCodec.of(XfrmUserspiInfo.class, 232);
}

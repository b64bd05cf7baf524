package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U16;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct rtvia}: what RTA_VIA begins with; the gateway's address follows. */
public record Rtvia(@Wire(U16) short family) {
    public static final StructCodec<Rtvia> CODEC = StructCodec.of(Rtvia.class, 2);
}

package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** The {@code u32} that SAD and SPD info messages begin with; kernels send back what they got. */
public record XfrmInfoFlags(@Wire(U32) int flags) {
    public static final StructCodec<XfrmInfoFlags> CODEC = StructCodec.of(XfrmInfoFlags.class, 4);
}

package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.ADDRESS;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;
import org.xfrmctl.netlink.struct.XfrmAddress;

/** An attribute that is one address and nothing else: {@code XFRMA_SRCADDR}, {@code XFRMA_COADDR}. */
public record AddressAttribute(@Wire(ADDRESS) XfrmAddress address) {
    public static final StructCodec<AddressAttribute> CODEC = StructCodec.of(AddressAttribute.class, 16);
}

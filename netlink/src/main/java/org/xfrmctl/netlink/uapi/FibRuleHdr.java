package org.xfrmctl.netlink.uapi;

import static org.xfrmctl.netlink.struct.CType.U32;
import static org.xfrmctl.netlink.struct.CType.U8;

import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.Wire;

/** {@code struct fib_rule_hdr}: a policy rule; {@code table} is too narrow for most, FRA_TABLE has the whole number. */
public record FibRuleHdr(
        @Wire(U8) byte family,
        @Wire(U8) byte dstLen,
        @Wire(U8) byte srcLen,
        @Wire(U8) byte tos,
        @Wire(U8) byte table,
        @Wire(U8) byte res1,
        @Wire(U8) byte res2,
        @Wire(U8) byte action,
        @Wire(U32) int flags) {
    public static final StructCodec<FibRuleHdr> CODEC = StructCodec.of(FibRuleHdr.class, 12);
}

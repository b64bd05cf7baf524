package org.xfrmctl.netlink.route;

import java.util.Set;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Mark;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.FibRuleHdr;
import org.xfrmctl.netlink.uapi.Fra;

/** Policy rules as netlink carries them. */
final class RuleCodec {
    private static final Set<Integer> KNOWN = Set.of(
            Fra.DST,
            Fra.SRC,
            Fra.IIFNAME,
            Fra.PRIORITY,
            Fra.FWMARK,
            Fra.TABLE_ID,
            Fra.FWMASK,
            Fra.OIFNAME,
            Fra.PAD,
            Fra.PROTOCOL);

    /** {@code FIB_RULE_INVERT}; the other flags tell of links that come and go. */
    private static final int INVERT = 2;

    private RuleCodec() {}

    /**
     * Reads NEWRULE.
     *
     * @throws MalformedMessageException if it is none
     */
    static Rule decode(NetlinkMessage message) {
        FibRuleHdr raw = message.body(FibRuleHdr.CODEC);
        Attributes attributes = message.attributes(FibRuleHdr.CODEC.size());
        Family family = RouteAttributes.family("fib_rule_hdr", Byte.toUnsignedInt(raw.family()));
        Rule.Match match = new Rule.Match(
                RouteAttributes.prefix(attributes, Fra.SRC, family, raw.srcLen()),
                RouteAttributes.prefix(attributes, Fra.DST, family, raw.dstLen()),
                new Mark(
                        RouteAttributes.u32(attributes, Fra.FWMARK).orElse(0),
                        RouteAttributes.u32(attributes, Fra.FWMASK).orElse(0)),
                new Rule.Links(
                        attributes.find(Fra.IIFNAME).map(Attribute::text),
                        attributes.find(Fra.OIFNAME).map(Attribute::text)),
                Byte.toUnsignedInt(raw.tos()),
                (raw.flags() & INVERT) != 0);
        return new Rule(
                RouteAttributes.u32(attributes, Fra.PRIORITY).orElse(0),
                match,
                new Rule.Action(Byte.toUnsignedInt(raw.action())),
                new RouteTable(RouteAttributes.u32(attributes, Fra.TABLE_ID).orElse(Byte.toUnsignedInt(raw.table()))),
                attributes
                        .find(Fra.PROTOCOL)
                        .map(attribute -> Byte.toUnsignedInt(attribute.u8()))
                        .orElse(0),
                RouteAttributes.except(KNOWN, attributes));
    }

    /** Writes NEWRULE or DELRULE. Without a priority the kernel would choose one, or delete a rule of any. */
    static void encode(Rule rule, MessageWriter out) {
        Rule.Match match = rule.match();
        out.body(
                FibRuleHdr.CODEC,
                new FibRuleHdr(
                        (byte) rule.family().number(),
                        (byte) match.to().length(),
                        (byte) match.from().length(),
                        (byte) match.tos(),
                        rule.table().inHeader(),
                        (byte) 0,
                        (byte) 0,
                        (byte) rule.action().number(),
                        match.inverted() ? INVERT : 0));
        out.attributeU32(Fra.PRIORITY, rule.priority());
        RouteAttributes.write(Fra.SRC, match.from(), out);
        RouteAttributes.write(Fra.DST, match.to(), out);
        match.links().in().ifPresent(name -> RouteAttributes.write(Fra.IIFNAME, name, out));
        match.links().out().ifPresent(name -> RouteAttributes.write(Fra.OIFNAME, name, out));
        if (!match.mark().isNone()) {
            out.attributeU32(Fra.FWMARK, match.mark().value());
            out.attributeU32(Fra.FWMASK, match.mark().mask());
        }
        out.attributeU32(Fra.TABLE_ID, rule.table().id());
        out.attributeU8(Fra.PROTOCOL, rule.protocol());
        RouteAttributes.write(rule.other(), out);
    }
}

package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmInfoAttribute;
import org.xfrmctl.netlink.uapi.XfrmuSadhinfo;

/** How many states there are, larval and implied ones too, and the size of their hash table, now and at most. */
public record SadInfo(int states, int buckets, int maxBuckets) {
    /** Reads NEWSADINFO. */
    public static SadInfo decode(NetlinkMessage message) {
        Attributes attributes = message.attributes(4);
        XfrmuSadhinfo table = attributes
                .find(XfrmInfoAttribute.SAD_HINFO)
                .map(attribute -> attribute.struct(XfrmuSadhinfo.CODEC))
                .orElseGet(() -> new XfrmuSadhinfo(0, 0));
        int states =
                attributes.find(XfrmInfoAttribute.SAD_CNT).map(Attribute::u32).orElse(0);
        return new SadInfo(states, table.sadhcnt(), table.sadhmcnt());
    }

    /** Writes NEWSADINFO; {@code flags} come from the request. */
    public void encode(int flags, MessageWriter out) {
        out.bodyU32(flags)
                .attributeU32(XfrmInfoAttribute.SAD_CNT, states)
                .attribute(XfrmInfoAttribute.SAD_HINFO, XfrmuSadhinfo.CODEC, new XfrmuSadhinfo(buckets, maxBuckets));
    }
}

package org.xfrmctl.netlink.uapi;

/** The attribute types of NEWSADINFO and NEWSPDINFO, which number theirs apart from {@link Xfrma}. */
public final class XfrmInfoAttribute {
    public static final int SAD_CNT = 1;
    public static final int SAD_HINFO = 2;

    public static final int SPD_INFO = 1;
    public static final int SPD_HINFO = 2;
    public static final int SPD_IPV4_HTHRESH = 3;
    public static final int SPD_IPV6_HTHRESH = 4;

    public static final AttributeTable SAD =
            new AttributeTable().add("SAD_CNT", Payload.U32).add("SAD_HINFO", Payload.of(XfrmuSadhinfo.CODEC));

    public static final AttributeTable SPD = new AttributeTable()
            .add("SPD_INFO", Payload.of(XfrmuSpdinfo.CODEC))
            .add("SPD_HINFO", Payload.of(XfrmuSpdhinfo.CODEC))
            .add("SPD_IPV4_HTHRESH", Payload.of(XfrmuSpdhthresh.CODEC))
            .add("SPD_IPV6_HTHRESH", Payload.of(XfrmuSpdhthresh.CODEC));

    private XfrmInfoAttribute() {}
}

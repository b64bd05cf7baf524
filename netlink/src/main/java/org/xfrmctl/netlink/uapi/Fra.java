package org.xfrmctl.netlink.uapi;

/** The attribute types of policy rules ({@code FRA_*}). */
public final class Fra {
    public static final int DST = 1;
    public static final int SRC = 2;
    public static final int IIFNAME = 3;
    public static final int GOTO = 4;
    public static final int PRIORITY = 6;
    public static final int FWMARK = 10;
    public static final int SUPPRESS_PREFIXLEN = 14;
    public static final int TABLE_ID = 15;
    public static final int FWMASK = 16;
    public static final int OIFNAME = 17;
    public static final int PAD = 18;
    public static final int UID_RANGE = 20;
    public static final int PROTOCOL = 21;
    public static final int IP_PROTO = 22;
    public static final int SPORT_RANGE = 23;
    public static final int DPORT_RANGE = 24;
    public static final int SPORT_MASK = 28;
    public static final int DPORT_MASK = 29;

    public static final AttributeTable TABLE = new AttributeTable()
            .add("DST", Payload.BYTES)
            .add("SRC", Payload.BYTES)
            .add("IIFNAME", Payload.TEXT)
            .add("GOTO", Payload.U32)
            .add("UNUSED2", Payload.BYTES)
            .add("PRIORITY", Payload.U32)
            .add("UNUSED3", Payload.BYTES)
            .add("UNUSED4", Payload.BYTES)
            .add("UNUSED5", Payload.BYTES)
            .add("FWMARK", Payload.U32)
            .add("FLOW", Payload.U32)
            .add("TUN_ID", Payload.U64)
            .add("SUPPRESS_IFGROUP", Payload.U32)
            .add("SUPPRESS_PREFIXLEN", Payload.U32)
            .add("TABLE", Payload.U32)
            .add("FWMASK", Payload.U32)
            .add("OIFNAME", Payload.TEXT)
            .add("PAD", Payload.BYTES)
            .add("L3MDEV", Payload.U8)
            .add("UID_RANGE", Payload.BYTES)
            .add("PROTOCOL", Payload.U8)
            .add("IP_PROTO", Payload.U8)
            .add("SPORT_RANGE", Payload.BYTES)
            .add("DPORT_RANGE", Payload.BYTES)
            .add("DSCP", Payload.U8)
            .add("FLOWLABEL", Payload.BYTES)
            .add("FLOWLABEL_MASK", Payload.BYTES)
            .add("SPORT_MASK", Payload.U16)
            .add("DPORT_MASK", Payload.U16)
            .add("DSCP_MASK", Payload.U8);

    private Fra() {}
}

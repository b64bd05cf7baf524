package org.xfrmctl.netlink.uapi;

/** The attribute types of links ({@code IFLA_*}). */
public final class Ifla {
    public static final int IFNAME = 3;
    public static final int MTU = 4;
    public static final int LINK = 5;
    public static final int MASTER = 10;
    public static final int LINKINFO = 18;
    public static final int IFALIAS = 20;
    /** For each address family, by its number, what it has of the link. */
    public static final int AF_SPEC = 26;

    public static final int EXT_MASK = 29;
    public static final int LINK_NETNSID = 37;

    /** In EXT_MASK: leave out the counters ({@code RTEXT_FILTER_SKIP_STATS}). */
    public static final int SKIP_STATS = 1 << 3;

    /** What links have, in the order of the numbers. */
    public static final AttributeTable TABLE = new AttributeTable()
            .add("ADDRESS", Payload.BYTES)
            .add("BROADCAST", Payload.BYTES)
            .add("IFNAME", Payload.TEXT)
            .add("MTU", Payload.U32)
            .add("LINK", Payload.U32)
            .add("QDISC", Payload.TEXT)
            .add("STATS", Payload.BYTES)
            .add("COST", Payload.BYTES)
            .add("PRIORITY", Payload.BYTES)
            .add("MASTER", Payload.U32)
            .add("WIRELESS", Payload.BYTES)
            .add("PROTINFO", Payload.BYTES)
            .add("TXQLEN", Payload.U32)
            .add("MAP", Payload.BYTES)
            .add("WEIGHT", Payload.U32)
            .add("OPERSTATE", Payload.U8)
            .add("LINKMODE", Payload.U8)
            .add("LINKINFO", IflaInfo.TABLE)
            .add("NET_NS_PID", Payload.U32)
            .add("IFALIAS", Payload.TEXT)
            .add("NUM_VF", Payload.U32)
            .add("VFINFO_LIST", Payload.NESTED)
            .add("STATS64", Payload.BYTES)
            .add("VF_PORTS", Payload.NESTED)
            .add("PORT_SELF", Payload.NESTED)
            .add("AF_SPEC", Payload.NESTED)
            .add("GROUP", Payload.U32)
            .add("NET_NS_FD", Payload.U32)
            .add("EXT_MASK", Payload.U32)
            .add("PROMISCUITY", Payload.U32)
            .add("NUM_TX_QUEUES", Payload.U32)
            .add("NUM_RX_QUEUES", Payload.U32)
            .add("CARRIER", Payload.U8)
            .add("PHYS_PORT_ID", Payload.BYTES)
            .add("CARRIER_CHANGES", Payload.U32)
            .add("PHYS_SWITCH_ID", Payload.BYTES)
            .add("LINK_NETNSID", Payload.U32);

    private Ifla() {}
}

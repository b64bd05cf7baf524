package org.xfrmctl.netlink.uapi;

/** What a link is ({@code IFLA_INFO_*}), and what is known of it by its kind. */
public final class IflaInfo {
    public static final int KIND = 1;
    public static final int DATA = 2;

    /** In the DATA of kind {@code xfrm} ({@code IFLA_XFRM_*}). */
    public static final int XFRM_LINK = 1;

    public static final int XFRM_IF_ID = 2;
    public static final int XFRM_COLLECT_METADATA = 3;

    /** In the DATA of kind {@code veth}: the other end, as a message of its own without header. */
    public static final int VETH_PEER = 1;

    /** In the DATA of kind {@code gre} ({@code IFLA_GRE_*}); flags and keys are in network order. */
    public static final int GRE_INPUT_FLAGS = 2;

    public static final int GRE_OUTPUT_FLAGS = 3;
    public static final int GRE_INPUT_KEY = 4;
    public static final int GRE_OUTPUT_KEY = 5;
    public static final int GRE_LOCAL = 6;
    public static final int GRE_REMOTE = 7;
    public static final int GRE_TTL = 8;

    /** In GRE_INPUT_FLAGS and GRE_OUTPUT_FLAGS: there is a key ({@code GRE_KEY} of linux/if_tunnel.h). */
    public static final int GRE_HAS_KEY = 0x2000;

    /** In the DATA of kind {@code ipip} ({@code IFLA_IPTUN_*}). */
    public static final int IPIP_LOCAL = 2;

    public static final int IPIP_REMOTE = 3;
    public static final int IPIP_TTL = 4;

    public static final AttributeTable TABLE = new AttributeTable()
            .add("KIND", Payload.TEXT)
            .add("DATA", Payload.NESTED)
            .add("XSTATS", Payload.BYTES)
            .add("SLAVE_KIND", Payload.TEXT)
            .add("SLAVE_DATA", Payload.NESTED);

    public static final AttributeTable XFRM = new AttributeTable()
            .add("LINK", Payload.U32)
            .add("IF_ID", Payload.U32)
            .add("COLLECT_METADATA", Payload.FLAG);

    private IflaInfo() {}
}

package org.xfrmctl.netlink.uapi;

/** The attribute types of addresses ({@code IFA_*}). */
public final class Ifa {
    public static final int ADDRESS = 1;
    public static final int LOCAL = 2;
    public static final int CACHEINFO = 6;
    public static final int FLAGS = 8;
    public static final int PROTO = 11;

    public static final AttributeTable TABLE = new AttributeTable()
            .add("ADDRESS", Payload.BYTES)
            .add("LOCAL", Payload.BYTES)
            .add("LABEL", Payload.TEXT)
            .add("BROADCAST", Payload.BYTES)
            .add("ANYCAST", Payload.BYTES)
            .add("CACHEINFO", Payload.BYTES)
            .add("MULTICAST", Payload.BYTES)
            .add("FLAGS", Payload.U32)
            .add("RT_PRIORITY", Payload.U32)
            .add("TARGET_NETNSID", Payload.U32)
            .add("PROTO", Payload.U8);

    private Ifa() {}
}

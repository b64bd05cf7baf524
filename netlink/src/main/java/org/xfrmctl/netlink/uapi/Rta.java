package org.xfrmctl.netlink.uapi;

import org.xfrmctl.netlink.uapi.Payload.Form;

/** The attribute types of routes ({@code RTA_*}). */
public final class Rta {
    public static final int DST = 1;
    public static final int SRC = 2;
    public static final int IIF = 3;
    public static final int OIF = 4;
    public static final int GATEWAY = 5;
    public static final int PRIORITY = 6;
    public static final int PREFSRC = 7;
    public static final int METRICS = 8;
    public static final int MULTIPATH = 9;
    public static final int FLOW = 11;
    public static final int CACHEINFO = 12;
    public static final int TABLE_ID = 15;
    public static final int MARK = 16;
    public static final int VIA = 18;
    public static final int PREF = 20;
    public static final int ENCAP_TYPE = 21;
    public static final int ENCAP = 22;
    public static final int IP_PROTO = 27;
    public static final int SPORT = 28;
    public static final int DPORT = 29;
    public static final int NH_ID = 30;

    public static final AttributeTable TABLE = new AttributeTable()
            .add("DST", Payload.BYTES)
            .add("SRC", Payload.BYTES)
            .add("IIF", Payload.U32)
            .add("OIF", Payload.U32)
            .add("GATEWAY", Payload.BYTES)
            .add("PRIORITY", Payload.U32)
            .add("PREFSRC", Payload.BYTES)
            .add("METRICS", Rtax.TABLE)
            .add("MULTIPATH", Payload.of(Form.STRUCT_AND_BYTES, Rtnexthop.CODEC))
            .add("PROTOINFO", Payload.BYTES)
            .add("FLOW", Payload.U32)
            .add("CACHEINFO", Payload.BYTES)
            .add("SESSION", Payload.BYTES)
            .add("MP_ALGO", Payload.BYTES)
            .add("TABLE", Payload.U32)
            .add("MARK", Payload.U32)
            .add("MFC_STATS", Payload.BYTES)
            .add("VIA", Payload.of(Form.STRUCT_AND_BYTES, Rtvia.CODEC))
            .add("NEWDST", Payload.BYTES)
            .add("PREF", Payload.U8)
            .add("ENCAP_TYPE", Payload.U16)
            .add("ENCAP", Payload.NESTED)
            .add("EXPIRES", Payload.U32)
            .add("PAD", Payload.BYTES)
            .add("UID", Payload.U32)
            .add("TTL_PROPAGATE", Payload.U8)
            .add("IP_PROTO", Payload.U8)
            .add("SPORT", Payload.U16)
            .add("DPORT", Payload.U16)
            .add("NH_ID", Payload.U32);

    private Rta() {}
}

package org.xfrmctl.netlink.uapi;

import java.util.List;

/** The message types of NETLINK_XFRM ({@code XFRM_MSG_*}). */
public final class XfrmMsg {
    public static final int NEWSA = 16;
    public static final int DELSA = 17;
    public static final int GETSA = 18;
    public static final int NEWPOLICY = 19;
    public static final int DELPOLICY = 20;
    public static final int GETPOLICY = 21;
    public static final int ALLOCSPI = 22;
    public static final int ACQUIRE = 23;
    public static final int EXPIRE = 24;
    public static final int UPDPOLICY = 25;
    public static final int UPDSA = 26;
    public static final int POLEXPIRE = 27;
    public static final int FLUSHSA = 28;
    public static final int FLUSHPOLICY = 29;
    public static final int NEWAE = 30;
    public static final int GETAE = 31;
    public static final int REPORT = 32;
    public static final int MIGRATE = 33;
    public static final int NEWSADINFO = 34;
    public static final int GETSADINFO = 35;
    public static final int NEWSPDINFO = 36;
    public static final int GETSPDINFO = 37;
    public static final int MAPPING = 38;
    public static final int SETDEFAULT = 39;
    public static final int GETDEFAULT = 40;

    private static final List<String> NAMES = List.of(
            "NEWSA",
            "DELSA",
            "GETSA",
            "NEWPOLICY",
            "DELPOLICY",
            "GETPOLICY",
            "ALLOCSPI",
            "ACQUIRE",
            "EXPIRE",
            "UPDPOLICY",
            "UPDSA",
            "POLEXPIRE",
            "FLUSHSA",
            "FLUSHPOLICY",
            "NEWAE",
            "GETAE",
            "REPORT",
            "MIGRATE",
            "NEWSADINFO",
            "GETSADINFO",
            "NEWSPDINFO",
            "GETSPDINFO",
            "MAPPING",
            "SETDEFAULT",
            "GETDEFAULT");

    private XfrmMsg() {}

    /** The name without its prefix; the number if this header does not know the type. */
    public static String name(int type) {
        int index = type - NEWSA;
        return index >= 0 && index < NAMES.size() ? NAMES.get(index) : Integer.toString(type);
    }
}

package org.xfrmctl.netlink.uapi;

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

    /** Every type above, in the order of their numbers. */
    public static final MessageTable TABLE = new MessageTable(NEWSA, Xfrma.TABLE)
            .add("NEWSA", XfrmUsersaInfo.CODEC)
            .add("DELSA", XfrmUsersaId.CODEC)
            .addDumpedBare("GETSA", XfrmUsersaId.CODEC)
            .add("NEWPOLICY", XfrmUserpolicyInfo.CODEC)
            .add("DELPOLICY", XfrmUserpolicyId.CODEC)
            .addDumpedBare("GETPOLICY", XfrmUserpolicyId.CODEC)
            .add("ALLOCSPI", XfrmUserspiInfo.CODEC)
            .add("ACQUIRE", XfrmUserAcquire.CODEC)
            .add("EXPIRE", XfrmUserExpire.CODEC)
            .add("UPDPOLICY", XfrmUserpolicyInfo.CODEC)
            .add("UPDSA", XfrmUsersaInfo.CODEC)
            .add("POLEXPIRE", XfrmUserPolexpire.CODEC)
            .add("FLUSHSA", XfrmUsersaFlush.CODEC)
            .addWithoutBody("FLUSHPOLICY")
            .add("NEWAE", XfrmAeventId.CODEC)
            .add("GETAE", XfrmAeventId.CODEC)
            .add("REPORT", XfrmUserReport.CODEC)
            .add("MIGRATE", XfrmUserpolicyId.CODEC)
            .add("NEWSADINFO", XfrmInfoFlags.CODEC, XfrmInfoAttribute.SAD)
            .add("GETSADINFO", XfrmInfoFlags.CODEC, XfrmInfoAttribute.SAD)
            .add("NEWSPDINFO", XfrmInfoFlags.CODEC, XfrmInfoAttribute.SPD)
            .add("GETSPDINFO", XfrmInfoFlags.CODEC, XfrmInfoAttribute.SPD)
            .add("MAPPING", XfrmUserMapping.CODEC)
            .add("SETDEFAULT", XfrmUserpolicyDefault.CODEC)
            .add("GETDEFAULT", XfrmUserpolicyDefault.CODEC);

    private XfrmMsg() {}

    /** {@link MessageTable#name} of {@link #TABLE}. */
    public static String name(int type) {
        return TABLE.name(type);
    }
}

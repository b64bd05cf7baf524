package org.xfrmctl.netlink.uapi;

/** The message types of NETLINK_ROUTE ({@code RTM_*}), as far as this program speaks them. */
public final class Rtm {
    public static final int NEWLINK = 16;
    public static final int DELLINK = 17;
    public static final int GETLINK = 18;
    public static final int SETLINK = 19;
    public static final int NEWADDR = 20;
    public static final int DELADDR = 21;
    public static final int GETADDR = 22;
    public static final int NEWROUTE = 24;
    public static final int DELROUTE = 25;
    public static final int GETROUTE = 26;
    public static final int NEWRULE = 32;
    public static final int DELRULE = 33;
    public static final int GETRULE = 34;

    /** Every type above; neighbours, which come between routes and rules, are left out. */
    public static final MessageTable TABLE = new MessageTable(NEWLINK, Ifla.TABLE)
            .add("NEWLINK", Ifinfomsg.CODEC)
            .add("DELLINK", Ifinfomsg.CODEC)
            .add("GETLINK", Ifinfomsg.CODEC)
            .add("SETLINK", Ifinfomsg.CODEC)
            .add("NEWADDR", Ifaddrmsg.CODEC, Ifa.TABLE)
            .add("DELADDR", Ifaddrmsg.CODEC, Ifa.TABLE)
            .add("GETADDR", Ifaddrmsg.CODEC, Ifa.TABLE)
            .skipTo(NEWROUTE)
            .add("NEWROUTE", Rtmsg.CODEC, Rta.TABLE)
            .add("DELROUTE", Rtmsg.CODEC, Rta.TABLE)
            .add("GETROUTE", Rtmsg.CODEC, Rta.TABLE)
            .skipTo(NEWRULE)
            .add("NEWRULE", FibRuleHdr.CODEC, Fra.TABLE)
            .add("DELRULE", FibRuleHdr.CODEC, Fra.TABLE)
            .add("GETRULE", FibRuleHdr.CODEC, Fra.TABLE);

    private Rtm() {}
}

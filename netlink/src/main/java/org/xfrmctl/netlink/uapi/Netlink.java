package org.xfrmctl.netlink.uapi;

/** The constants of {@code linux/netlink.h} that every netlink family shares. */
public final class Netlink {
    public static final int NLMSG_NOOP = 1;
    public static final int NLMSG_ERROR = 2;
    public static final int NLMSG_DONE = 3;
    public static final int NLMSG_OVERRUN = 4;
    /** From here on, types are the protocol's own. */
    public static final int NLMSG_MIN_TYPE = 16;

    public static final int NLM_F_REQUEST = 0x1;
    public static final int NLM_F_MULTI = 0x2;
    public static final int NLM_F_ACK = 0x4;
    /** In a dump: the table changed meanwhile, so the dump is no snapshot. */
    public static final int NLM_F_DUMP_INTR = 0x10;
    /** In GET requests: the whole table, {@code NLM_F_ROOT | NLM_F_MATCH}. */
    public static final int NLM_F_DUMP = 0x300;
    /** In NEW requests: change what is there. NEWAE demands it. */
    public static final int NLM_F_REPLACE = 0x100;
    /** In NEW requests: refuse if it is there (EEXIST). */
    public static final int NLM_F_EXCL = 0x200;
    /** In NEW requests: make it if it is not there. */
    public static final int NLM_F_CREATE = 0x400;
    /** In an error: the request's payload was not echoed. */
    public static final int NLM_F_CAPPED = 0x100;
    /** In an error: attributes follow the echoed request. */
    public static final int NLM_F_ACK_TLVS = 0x200;

    public static final int NLMSGERR_ATTR_MSG = 1;
    public static final int NLMSGERR_ATTR_OFFS = 2;
    public static final int NLMSGERR_ATTR_POLICY = 4;
    /** The type of an attribute that is missing; in NEST the offset of the one that it is missing from. */
    public static final int NLMSGERR_ATTR_MISS_TYPE = 5;

    public static final int NLMSGERR_ATTR_MISS_NEST = 6;

    /** In an attribute's type: the payload is attributes. */
    public static final int NLA_F_NESTED = 0x8000;

    private Netlink() {}
}

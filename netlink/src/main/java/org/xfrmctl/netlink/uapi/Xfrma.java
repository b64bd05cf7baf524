package org.xfrmctl.netlink.uapi;

import java.util.List;
import java.util.Locale;

/** The attribute types of XFRM messages ({@code XFRMA_*}). */
public final class Xfrma {
    public static final int ALG_AUTH = 1;
    public static final int ALG_CRYPT = 2;
    public static final int ALG_COMP = 3;
    public static final int ENCAP = 4;
    public static final int TMPL = 5;
    public static final int SA = 6;
    public static final int POLICY = 7;
    public static final int SEC_CTX = 8;
    public static final int LTIME_VAL = 9;
    public static final int REPLAY_VAL = 10;
    public static final int REPLAY_THRESH = 11;
    public static final int ETIMER_THRESH = 12;
    public static final int SRCADDR = 13;
    public static final int COADDR = 14;
    public static final int LASTUSED = 15;
    public static final int POLICY_TYPE = 16;
    public static final int MIGRATE = 17;
    public static final int ALG_AEAD = 18;
    public static final int KMADDRESS = 19;
    public static final int ALG_AUTH_TRUNC = 20;
    public static final int MARK = 21;
    public static final int TFCPAD = 22;
    public static final int REPLAY_ESN_VAL = 23;
    public static final int SA_EXTRA_FLAGS = 24;
    public static final int PROTO = 25;
    public static final int ADDRESS_FILTER = 26;
    public static final int PAD = 27;
    public static final int OFFLOAD_DEV = 28;
    public static final int SET_MARK = 29;
    public static final int SET_MARK_MASK = 30;
    public static final int IF_ID = 31;
    public static final int MTIMER_THRESH = 32;
    public static final int SA_DIR = 33;
    public static final int NAT_KEEPALIVE_INTERVAL = 34;
    public static final int SA_PCPU = 35;
    public static final int IPTFS_DROP_TIME = 36;
    public static final int IPTFS_REORDER_WINDOW = 37;
    public static final int IPTFS_DONT_FRAG = 38;
    public static final int IPTFS_INIT_DELAY = 39;
    public static final int IPTFS_MAX_QSIZE = 40;
    public static final int IPTFS_PKT_SIZE = 41;

    private static final List<String> NAMES = List.of(
            "UNSPEC",
            "ALG_AUTH",
            "ALG_CRYPT",
            "ALG_COMP",
            "ENCAP",
            "TMPL",
            "SA",
            "POLICY",
            "SEC_CTX",
            "LTIME_VAL",
            "REPLAY_VAL",
            "REPLAY_THRESH",
            "ETIMER_THRESH",
            "SRCADDR",
            "COADDR",
            "LASTUSED",
            "POLICY_TYPE",
            "MIGRATE",
            "ALG_AEAD",
            "KMADDRESS",
            "ALG_AUTH_TRUNC",
            "MARK",
            "TFCPAD",
            "REPLAY_ESN_VAL",
            "SA_EXTRA_FLAGS",
            "PROTO",
            "ADDRESS_FILTER",
            "PAD",
            "OFFLOAD_DEV",
            "SET_MARK",
            "SET_MARK_MASK",
            "IF_ID",
            "MTIMER_THRESH",
            "SA_DIR",
            "NAT_KEEPALIVE_INTERVAL",
            "SA_PCPU",
            "IPTFS_DROP_TIME",
            "IPTFS_REORDER_WINDOW",
            "IPTFS_DONT_FRAG",
            "IPTFS_INIT_DELAY",
            "IPTFS_MAX_QSIZE",
            "IPTFS_PKT_SIZE");

    private Xfrma() {}

    /** The name in lower case and without its prefix, for example {@code alg_aead}; {@code attribute N} if unknown. */
    public static String name(int type) {
        return type > 0 && type < NAMES.size() ? NAMES.get(type).toLowerCase(Locale.ROOT) : "attribute " + type;
    }
}

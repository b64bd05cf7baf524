package org.xfrmctl.netlink.uapi;

import org.xfrmctl.netlink.uapi.Payload.Form;

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

    /** Every type above with its payload, in the order of their numbers. */
    public static final AttributeTable TABLE = new AttributeTable()
            .add("ALG_AUTH", Payload.of(Form.STRUCT_AND_KEY, XfrmAlgo.CODEC))
            .add("ALG_CRYPT", Payload.of(Form.STRUCT_AND_KEY, XfrmAlgo.CODEC))
            .add("ALG_COMP", Payload.of(Form.STRUCT_AND_KEY, XfrmAlgo.CODEC))
            .add("ENCAP", Payload.of(XfrmEncapTmpl.CODEC))
            .add("TMPL", Payload.of(Form.STRUCTS, XfrmUserTmpl.CODEC))
            .add("SA", Payload.of(XfrmUsersaInfo.CODEC))
            .add("POLICY", Payload.of(XfrmUserpolicyInfo.CODEC))
            .add("SEC_CTX", Payload.of(Form.STRUCT_AND_BYTES, XfrmUserSecCtx.CODEC))
            .add("LTIME_VAL", Payload.of(XfrmLifetimeCur.CODEC))
            .add("REPLAY_VAL", Payload.of(XfrmReplayState.CODEC))
            .add("REPLAY_THRESH", Payload.U32)
            .add("ETIMER_THRESH", Payload.U32)
            .add("SRCADDR", Payload.of(AddressAttribute.CODEC))
            .add("COADDR", Payload.of(AddressAttribute.CODEC))
            .add("LASTUSED", Payload.U64)
            .add("POLICY_TYPE", Payload.of(XfrmUserpolicyType.CODEC))
            .add("MIGRATE", Payload.of(Form.STRUCTS, XfrmUserMigrate.CODEC))
            .add("ALG_AEAD", Payload.of(Form.STRUCT_AND_KEY, XfrmAlgoAead.CODEC))
            .add("KMADDRESS", Payload.of(XfrmUserKmaddress.CODEC))
            .add("ALG_AUTH_TRUNC", Payload.of(Form.STRUCT_AND_KEY, XfrmAlgoAuth.CODEC))
            .add("MARK", Payload.of(XfrmMark.CODEC))
            .add("TFCPAD", Payload.U32)
            .add("REPLAY_ESN_VAL", Payload.of(Form.STRUCT_AND_BYTES, XfrmReplayStateEsn.CODEC))
            .add("SA_EXTRA_FLAGS", Payload.U32)
            .add("PROTO", Payload.U8)
            .add("ADDRESS_FILTER", Payload.of(XfrmAddressFilter.CODEC))
            .add("PAD", Payload.BYTES)
            .add("OFFLOAD_DEV", Payload.of(XfrmUserOffload.CODEC))
            .add("SET_MARK", Payload.U32)
            .add("SET_MARK_MASK", Payload.U32)
            .add("IF_ID", Payload.U32)
            .add("MTIMER_THRESH", Payload.U32)
            .add("SA_DIR", Payload.U8)
            .add("NAT_KEEPALIVE_INTERVAL", Payload.U32)
            .add("SA_PCPU", Payload.U32)
            .add("IPTFS_DROP_TIME", Payload.U32)
            .add("IPTFS_REORDER_WINDOW", Payload.U16)
            .add("IPTFS_DONT_FRAG", Payload.FLAG)
            .add("IPTFS_INIT_DELAY", Payload.U32)
            .add("IPTFS_MAX_QSIZE", Payload.U32)
            .add("IPTFS_PKT_SIZE", Payload.U32);

    private Xfrma() {}

    /** {@link AttributeTable#name} of {@link #TABLE}. */
    public static String name(int type) {
        return TABLE.name(type);
    }
}

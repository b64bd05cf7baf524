package org.xfrmctl.netlink.uapi;

/** The metrics of routes ({@code RTAX_*}), which stand in RTA_METRICS. */
public final class Rtax {
    /** A bit for each metric that path MTU discovery and TCP leave alone: {@code 1 << MTU} and so on. */
    public static final int LOCK = 1;

    public static final int MTU = 2;
    public static final int ADVMSS = 8;
    public static final int CC_ALGO = 16;

    public static final AttributeTable TABLE = new AttributeTable()
            .add("LOCK", Payload.U32)
            .add("MTU", Payload.U32)
            .add("WINDOW", Payload.U32)
            .add("RTT", Payload.U32)
            .add("RTTVAR", Payload.U32)
            .add("SSTHRESH", Payload.U32)
            .add("CWND", Payload.U32)
            .add("ADVMSS", Payload.U32)
            .add("REORDERING", Payload.U32)
            .add("HOPLIMIT", Payload.U32)
            .add("INITCWND", Payload.U32)
            .add("FEATURES", Payload.U32)
            .add("RTO_MIN", Payload.U32)
            .add("INITRWND", Payload.U32)
            .add("QUICKACK", Payload.U32)
            .add("CC_ALGO", Payload.TEXT)
            .add("FASTOPEN_NO_COOKIE", Payload.U32);

    private Rtax() {}
}

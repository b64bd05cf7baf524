package org.xfrmctl.model;

/** A policy's flags as raw bits (1 localok, 2 icmp, 4 cpu-acquire); unknown bits are kept, as the kernel keeps them. */
public record PolicyFlags(int bits) {
    public static final PolicyFlags NONE = new PolicyFlags(0);
    public static final int LOCALOK = 1;
    public static final int ICMP = 2;
    /** Acquires are per CPU (since Linux 6.13). */
    public static final int CPU_ACQUIRE = 4;
}

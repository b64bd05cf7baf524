package org.xfrmctl.datapath.host;

/** How a local sender treats the path MTU ({@code IP_MTU_DISCOVER}). */
public enum Discovery {
    /** Never sets the don't-fragment bit: the kernel's own ICMP. */
    DONT,
    /** Sets it while the packet fits, else lets it be fragmented: the default of sockets. */
    WANT,
    /** Always sets it and refuses what does not fit: {@code ping -M do}. */
    DO,
    /** Always sets it, and refuses what the link does not take, whatever is known of the path. */
    PROBE,
    /** Never sets it, and refuses what the link does not take. */
    INTERFACE,
    /** Never sets it, and has what the link does not take fragmented by the link's MTU. */
    OMIT;

    /** Whether the link's MTU counts and not the path's ({@code ip_sk_use_pmtu()}). */
    boolean overlooksThePath() {
        return compareTo(PROBE) >= 0;
    }

    /** Whether a packet that is too long is an error of the sender ({@code ip_sk_ignore_df()}). */
    boolean refuses() {
        return this == DO || this == PROBE || this == INTERFACE;
    }

    /** Whether no router may cut the packet. */
    boolean isWhole() {
        return this == DO || this == PROBE;
    }
}

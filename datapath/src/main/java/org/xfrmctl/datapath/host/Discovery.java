package org.xfrmctl.datapath.host;

/** How a local sender treats the path MTU ({@code IP_MTU_DISCOVER}). */
public enum Discovery {
    /** Never sets the don't-fragment bit: the kernel's own ICMP. */
    DONT,
    /** Sets it while the packet fits, else lets it be fragmented: the default of sockets. */
    WANT,
    /** Always sets it and refuses what does not fit: {@code ping -M do}. */
    DO
}

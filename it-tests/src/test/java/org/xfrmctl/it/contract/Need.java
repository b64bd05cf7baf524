package org.xfrmctl.it.contract;

/** What a check needs of a kernel. */
enum Need {
    /** ESP, AH and IPComp. */
    TRANSFORMS,
    /** Bytes and counters of Linux: not the userspace kernel. */
    LINUX,
    /** XFRMA_SA_DIR and XFRMA_NAT_KEEPALIVE_INTERVAL, since 6.10 and 6.11. */
    DIRECTION,
    /** Links of type xfrm. */
    XFRM_INTERFACES,
    /** The configuration that the kernel was built with. */
    CONFIG
}

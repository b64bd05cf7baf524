package org.xfrmctl.model;

/** A bit of a state's {@code flags} ({@code XFRM_STATE_*}); declared in the order in which {@code ip} prints them. */
public enum StateFlag {
    NOECN("noecn"),
    DECAP_DSCP("decap-dscp"),
    NOPMTUDISC("nopmtudisc"),
    WILDRECV("wildrecv"),
    ICMP("icmp"),
    AF_UNSPEC("af-unspec"),
    ALIGN4("align4"),
    ESN("esn");

    private final String text;

    StateFlag(String text) {
        this.text = text;
    }

    public int bit() {
        return 1 << ordinal();
    }

    @Override
    public String toString() {
        return text;
    }
}

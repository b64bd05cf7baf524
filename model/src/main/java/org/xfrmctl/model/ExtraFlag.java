package org.xfrmctl.model;

/** A bit of a state's extra flags ({@code XFRM_SA_XFLAG_*}). */
public enum ExtraFlag {
    DONT_ENCAP_DSCP("dont-encap-dscp"),
    OSEQ_MAY_WRAP("oseq-may-wrap");

    private final String text;

    ExtraFlag(String text) {
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

package org.xfrmctl.model;

/** The policy table ({@code XFRM_POLICY_TYPE_*}); the ordinal is the number. Sub policies are asked first. */
public enum PolicyType {
    MAIN("main"),
    SUB("sub");

    private final String text;

    PolicyType(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}

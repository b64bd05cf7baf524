package org.xfrmctl.model;

/** What a matching policy does ({@code XFRM_POLICY_ALLOW}, {@code XFRM_POLICY_BLOCK}); the ordinal is the number. */
public enum PolicyAction {
    ALLOW("allow"),
    BLOCK("block");

    private final String text;

    PolicyAction(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}

package org.xfrmctl.netlink.probe;

/** Whether a kernel has something. */
public enum Support {
    YES("yes"),
    NO("no"),
    /** It cannot be told, because what it would be tried with is missing. */
    UNKNOWN("unknown");

    private final String text;

    Support(String text) {
        this.text = text;
    }

    static Support of(boolean has) {
        return has ? YES : NO;
    }

    @Override
    public String toString() {
        return text;
    }
}

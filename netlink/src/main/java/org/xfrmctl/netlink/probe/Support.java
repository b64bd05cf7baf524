package org.xfrmctl.netlink.probe;

/** Whether a kernel has something. */
public enum Support {
    YES("yes"),
    NO("no"),
    /** No answer shows it: what it would be tried with is missing, or the kernel said something else. */
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

package org.xfrmctl.model;

/**
 * Whether a packet must have gone through a template's transform. {@code USE} is the kernel's {@code optional = 1}: on
 * an inbound IPComp template it lets packets pass that were too small to be compressed.
 */
public enum Level {
    REQUIRED("required"),
    USE("use");

    private final String text;

    Level(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}

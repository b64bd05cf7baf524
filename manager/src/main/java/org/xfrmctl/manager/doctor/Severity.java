package org.xfrmctl.manager.doctor;

import java.util.Locale;

/** How bad a finding is; the worst first. */
public enum Severity {
    /** Packets are lost, or go in clear, or soon will. */
    ERROR,
    /** Packets of some kind would be lost or go in clear, or what protects them is weak. */
    WARNING,
    /** As many have it on purpose: told when asked for. */
    NOTE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

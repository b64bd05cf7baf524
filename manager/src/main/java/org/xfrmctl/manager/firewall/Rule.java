package org.xfrmctl.manager.firewall;

import java.util.OptionalInt;

/** One rule: where, which packets, and what becomes of them. */
public sealed interface Rule {
    Hook hook();

    PacketMatch match();

    /** What it is for, in a few words. */
    String purpose();

    /** Lets them pass. */
    record Accept(Hook hook, PacketMatch match, String purpose) implements Rule {}

    /**
     * Lowers the MSS of a TCP SYN that says more; one that says none is left alone.
     *
     * @param byRoute what the routes of both directions leave, as the kernel knows them when the packet comes
     * @param most no more than this many bytes
     */
    record Clamp(Hook hook, PacketMatch match, boolean byRoute, OptionalInt most, String purpose) implements Rule {}

    /** Sets DF in an IPv4 header that has none and is no fragment's. */
    record SetDf(Hook hook, PacketMatch match, String purpose) implements Rule {}
}

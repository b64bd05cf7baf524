package org.xfrmctl.manager.probe;

import java.util.Locale;

/** What a search has shown of a path. */
public enum PathVerdict {
    /** All that can be sent passes. */
    WHOLE,
    /** Less passes than a link of this host takes, and this host knows it. */
    LEARNT,
    /** Less passes than this host would send, and somebody on the way says so, with the right MTU. */
    TOLD,
    /** This host is told, and cannot do as it is told: IPv6 goes no lower than 1280 bytes. */
    TOO_NARROW,
    /** The gateway's errors do not reach this host. */
    PLACE_1,
    /** Nobody tells the gateway how long packets may be between it and its peer. */
    PLACE_2,
    /** Both. */
    BOTH_PLACES,
    /** Something vanishes, and nothing here tells where. */
    UNKNOWN_PLACE,
    /** Packets pass that the tunnel would not take: they do not go through it. */
    OTHER_WAY,
    /** Long packets are refused, by somebody on the way or by this host, and not with a length that passes. */
    REFUSED,
    /** The time was over before it was found out what passes. */
    UNFINISHED,
    /** Not even what is short is answered: nothing can be told. */
    NOBODY;

    /** Whether hosts can find out what passes. */
    public boolean isGood() {
        return compareTo(TOLD) <= 0;
    }

    /** {@code place-1}, as JSON and labs write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/**
 * What {@code ping} is to send.
 *
 * @param size data bytes behind the 8-byte ICMP header, as {@code ping -s}
 * @param count echo requests, as {@code ping -c}
 * @param source the source address, as {@code ping -I}
 * @param dontFragment whether DF is set and local fragmentation refused, as {@code ping -M do}
 * @param tos the whole TOS or traffic class byte, as {@code ping -Q}
 * @param mark of its socket, by which policies and states may tell it from others, as {@code ping -m}
 */
public record PingOptions(
        IpAddress destination,
        int size,
        int count,
        Optional<IpAddress> source,
        boolean dontFragment,
        int tos,
        int mark) {
    /** Without a mark. */
    public PingOptions(
            IpAddress destination, int size, int count, Optional<IpAddress> source, boolean dontFragment, int tos) {
        this(destination, size, count, source, dontFragment, tos, 0);
    }

    /** {@code ping -c 1 -s size destination}. */
    public static PingOptions of(IpAddress destination, int size) {
        return new PingOptions(destination, size, 1, Optional.empty(), false, 0);
    }

    public PingOptions withCount(int value) {
        return new PingOptions(destination, size, value, source, dontFragment, tos, mark);
    }

    public PingOptions withDontFragment() {
        return new PingOptions(destination, size, count, source, true, tos, mark);
    }

    public PingOptions withMark(int value) {
        return new PingOptions(destination, size, count, source, dontFragment, tos, value);
    }
}

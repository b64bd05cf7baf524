package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/**
 * What {@code ping} is to send.
 *
 * @param size data bytes behind the 8-byte ICMP header, as {@code ping -s}
 * @param count echo requests, as {@code ping -c}
 * @param source the source address, as {@code ping -I}
 * @param dontFragment whether what does not fit is refused, as {@code ping -M do}
 * @param tos the whole TOS or traffic class byte, as {@code ping -Q}
 */
public record PingOptions(
        IpAddress destination, int size, int count, Optional<IpAddress> source, boolean dontFragment, int tos) {

    /** {@code ping -c 1 -s size destination}. */
    public static PingOptions of(IpAddress destination, int size) {
        return new PingOptions(destination, size, 1, Optional.empty(), false, 0);
    }

    public PingOptions withCount(int value) {
        return new PingOptions(destination, size, value, source, dontFragment, tos);
    }

    public PingOptions withDontFragment() {
        return new PingOptions(destination, size, count, source, true, tos);
    }
}

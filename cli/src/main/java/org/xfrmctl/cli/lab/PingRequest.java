package org.xfrmctl.cli.lab;

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
 */
public record PingRequest(
        IpAddress destination, int size, int count, Optional<IpAddress> source, boolean dontFragment, int tos) {}

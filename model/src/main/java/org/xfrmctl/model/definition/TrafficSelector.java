package org.xfrmctl.model.definition;

import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;

/**
 * One end of a selector, written as in swanctl: {@code 10.1.0.0/16}, {@code 10.1.0.0/16[tcp/80]}, {@code dynamic}.
 *
 * <p>For ICMP and ICMPv6 the {@code port} holds the type in its upper and the code in its lower 8 bits, whichever end it
 * stands on: {@code [icmp/8]} is 0x0800 under mask 0xff00, {@code [icmp/3(4)]} is 0x0304 under 0xffff. In the kernel's
 * selector the type goes to the source port and the code to the destination port, in every direction.
 */
public record TrafficSelector(IpPrefix prefix, IpProtocol proto, PortMatch port) {

    /** Whether {@code port} holds a type and code. */
    public boolean isIcmp() {
        return proto.equals(IpProtocol.ICMP) || proto.equals(IpProtocol.ICMPV6);
    }

    /** Whether packets between the two ends can exist: one family, and protocols and ICMP types that do not exclude each other. */
    public boolean pairsWith(TrafficSelector other) {
        boolean sameProtocol =
                proto.equals(other.proto) || proto.equals(IpProtocol.ANY) || other.proto.equals(IpProtocol.ANY);
        boolean otherType = isIcmp() && port.mask() != 0 && other.port.mask() != 0 && !port.equals(other.port);
        return prefix.family() == other.prefix.family() && sameProtocol && !otherType;
    }

    /** The notation of the definition file. */
    @Override
    public String toString() {
        return TrafficSelectorText.print(this);
    }
}

package org.xfrmctl.model;

/**
 * Which packets a state or policy is for ({@code struct xfrm_selector}, 56 bytes).
 *
 * <p>{@code source} and {@code destination} have the selector's family; {@link Family#UNSPEC} matches every packet,
 * whatever stands in it. {@code proto} 0 is any. {@code ifindex} 0 is any. {@code user} is stored by the kernel and never
 * matched.
 */
public record Selector(
        IpPrefix source,
        IpPrefix destination,
        IpProtocol proto,
        PortMatch sourcePort,
        PortMatch destinationPort,
        Binding binding) {

    /** The two members that are rarely anything but zero: interface index and user id. */
    public record Binding(int ifindex, int user) {
        public static final Binding NONE = new Binding(0, 0);
    }

    public Selector {
        if (source.family() != destination.family()) {
            throw new IllegalArgumentException("selector mixes " + source + " and " + destination);
        }
    }

    /** Everything of one family; for {@link Family#UNSPEC} everything. */
    public static Selector any(Family family) {
        return between(IpPrefix.any(family), IpPrefix.any(family));
    }

    /** All protocols between two prefixes. */
    public static Selector between(IpPrefix source, IpPrefix destination) {
        return new Selector(source, destination, IpProtocol.ANY, PortMatch.ANY, PortMatch.ANY, Binding.NONE);
    }

    public Family family() {
        return source.family();
    }

    /** Whether all 56 bytes but the family are zero: such a state selector is not printed if the family is too. */
    public boolean isEmpty() {
        return equals(any(family()));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("src " + source + " dst " + destination);
        if (!proto.equals(IpProtocol.ANY)) {
            text.append(" proto ").append(proto.number());
        }
        if (sourcePort.mask() != 0) {
            text.append(" sport ").append(sourcePort.port());
        }
        if (destinationPort.mask() != 0) {
            text.append(" dport ").append(destinationPort.port());
        }
        return text.toString();
    }
}

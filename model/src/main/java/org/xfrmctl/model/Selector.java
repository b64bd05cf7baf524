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
    private static final int ICMP = 1;
    private static final int GRE = 47;
    private static final int ICMPV6 = 58;
    private static final int MOBILITY = 135;

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
        text.append(ports());
        if (binding.ifindex() != 0) {
            text.append(" ifindex ").append(Integer.toUnsignedString(binding.ifindex()));
        }
        if (binding.user() != 0) {
            text.append(" uid ").append(Integer.toUnsignedString(binding.user()));
        }
        return text.toString();
    }

    /** As {@code ip xfrm} calls them: GRE has a 32-bit key where others have two ports. */
    private String ports() {
        return switch (proto.number()) {
            case ICMP, ICMPV6 -> port("type", sourcePort) + port("code", destinationPort);
            case MOBILITY -> port("type", sourcePort) + port("dport", destinationPort);
            case GRE ->
                match(
                        "key",
                        sourcePort.port() << 16 | destinationPort.port(),
                        sourcePort.mask() << 16 | destinationPort.mask(),
                        -1);
            default -> port("sport", sourcePort) + port("dport", destinationPort);
        };
    }

    private static String port(String name, PortMatch match) {
        return match(name, match.port(), match.mask(), 0xffff);
    }

    private static String match(String name, int value, int mask, int whole) {
        return mask == 0
                ? ""
                : " " + name + " " + Integer.toUnsignedString(value)
                        + (mask == whole ? "" : "/0x" + Integer.toHexString(mask));
    }
}

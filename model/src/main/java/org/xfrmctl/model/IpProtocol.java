package org.xfrmctl.model;

import java.util.Map;

/** An IP protocol number (0 to 255); 0 in a selector means any, 255 in XFRM means "any IPsec protocol". */
public record IpProtocol(int number) {
    public static final IpProtocol ANY = new IpProtocol(0);
    public static final IpProtocol ICMP = new IpProtocol(1);
    public static final IpProtocol IPIP = new IpProtocol(4);
    public static final IpProtocol TCP = new IpProtocol(6);
    public static final IpProtocol UDP = new IpProtocol(17);
    public static final IpProtocol IPV6 = new IpProtocol(41);
    public static final IpProtocol ROUTING = new IpProtocol(43);
    public static final IpProtocol GRE = new IpProtocol(47);
    public static final IpProtocol ESP = new IpProtocol(50);
    public static final IpProtocol AH = new IpProtocol(51);
    public static final IpProtocol ICMPV6 = new IpProtocol(58);
    public static final IpProtocol DSTOPTS = new IpProtocol(60);
    public static final IpProtocol COMP = new IpProtocol(108);
    public static final IpProtocol SCTP = new IpProtocol(132);
    public static final IpProtocol MH = new IpProtocol(135);
    public static final IpProtocol IPSEC_ANY = new IpProtocol(255);

    private static final Map<Integer, String> XFRM_NAMES =
            Map.of(50, "esp", 51, "ah", 108, "comp", 43, "route2", 60, "hao", 255, "ipsec-any");

    public IpProtocol {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("protocol " + number + " is not in 0..255");
        }
    }

    /** Whether this is ESP, AH or IPComp: a protocol whose states are found by SPI. */
    public boolean isIpsec() {
        return equals(ESP) || equals(AH) || equals(COMP);
    }

    /** The name that {@code ip xfrm} gives a state's protocol; the number if it has none. */
    @Override
    public String toString() {
        return XFRM_NAMES.getOrDefault(number, Integer.toString(number));
    }
}

package org.xfrmctl.model;

/**
 * A port under a mask, both 16 bits. For ICMP the source port holds the type and the destination port the code; mask 0
 * matches everything ({@code struct xfrm_selector}).
 */
public record PortMatch(int port, int mask) {
    public static final PortMatch ANY = new PortMatch(0, 0);

    public PortMatch {
        if ((port & ~0xffff) != 0 || (mask & ~0xffff) != 0) {
            throw new IllegalArgumentException("port " + port + " mask " + mask + ": each has 16 bits");
        }
    }

    public static PortMatch exactly(int port) {
        return new PortMatch(port, 0xffff);
    }

    public boolean matches(int packetPort) {
        return ((packetPort ^ port) & mask) == 0;
    }
}

package org.xfrmctl.model;

/** UDP or TCP around ESP ({@code struct xfrm_encap_tmpl}); {@code original} is stored by the kernel and not used. */
public record Encap(int type, int sourcePort, int destinationPort, IpAddress original) {
    /** ESP in UDP (RFC 3948). */
    public static final int ESPINUDP = 2;
}

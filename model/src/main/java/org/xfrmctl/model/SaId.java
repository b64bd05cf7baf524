package org.xfrmctl.model;

/** What names a state inbound: destination, SPI and protocol ({@code struct xfrm_id}). The mark may add to it. */
public record SaId(IpAddress destination, Spi spi, IpProtocol protocol) {
    @Override
    public String toString() {
        return "dst " + destination + " proto " + protocol + " spi " + spi;
    }
}

package org.xfrmctl.cli.lab;

/**
 * One link of a lab.
 *
 * @param mtu the largest IP packet of every interface on it; at least 68 (RFC 791), and 1280 if IPv6 is to work (RFC
 *     8200, section 5)
 */
public record LabLinkSpec(String name, int mtu) {
    public LabLinkSpec {
        if (mtu < 68 || mtu > 65535) {
            throw new IllegalArgumentException("the MTU of link " + name + " is " + mtu + ", not in 68..65535");
        }
    }
}

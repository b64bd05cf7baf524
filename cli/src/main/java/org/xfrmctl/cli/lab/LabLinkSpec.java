package org.xfrmctl.cli.lab;

/**
 * One link of a lab.
 *
 * @param mtu the largest IP packet of every interface on it; at least 68 (RFC 791), and 1280 if IPv6 is to work (RFC
 *     8200, section 5)
 */
public record LabLinkSpec(String name, int mtu) {
    public LabLinkSpec {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}") || name.matches("lo|all|default")) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" cannot name a link: it also names the interfaces on it");
        }
        if (mtu < 68 || mtu > 65535) {
            throw new IllegalArgumentException("the MTU of link " + name + " is " + mtu + ", not in 68..65535");
        }
    }
}

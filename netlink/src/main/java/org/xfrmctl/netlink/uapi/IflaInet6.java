package org.xfrmctl.netlink.uapi;

/** What IPv6 has of a link ({@code IFLA_INET6_*}), which stands in IFLA_AF_SPEC under the family's number. */
public final class IflaInet6 {
    /** Numbers of 32 bits in the order of {@code DEVCONF_*}: the settings below {@code net.ipv6.conf}. */
    public static final int CONF = 2;

    /** In CONF ({@code DEVCONF_MTU6}). */
    public static final int CONF_MTU = 2;

    private IflaInet6() {}
}

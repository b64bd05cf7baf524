package org.xfrmctl.netlink.uapi;

/** The multicast groups of NETLINK_ROUTE ({@code RTNLGRP_*}) that tell of what this program makes. */
public final class RtnlGroup {
    public static final int LINK = 1;
    public static final int IPV4_ADDRESS = 5;
    public static final int IPV4_ROUTE = 7;
    public static final int IPV6_ADDRESS = 9;
    public static final int IPV6_ROUTE = 11;

    private RtnlGroup() {}
}

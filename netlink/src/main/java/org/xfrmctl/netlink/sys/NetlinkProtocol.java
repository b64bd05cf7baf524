package org.xfrmctl.netlink.sys;

/** The netlink families that this program speaks ({@code NETLINK_*}). */
public enum NetlinkProtocol {
    ROUTE(0),
    XFRM(6);

    private final int number;

    NetlinkProtocol(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}

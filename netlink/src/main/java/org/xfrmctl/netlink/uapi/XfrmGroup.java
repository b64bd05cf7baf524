package org.xfrmctl.netlink.uapi;

import java.util.List;

/** The multicast groups of NETLINK_XFRM ({@code XFRMNLGRP_*}), as numbers for {@code NETLINK_ADD_MEMBERSHIP}. */
public final class XfrmGroup {
    public static final int ACQUIRE = 1;
    public static final int EXPIRE = 2;
    public static final int SA = 3;
    public static final int POLICY = 4;
    public static final int AEVENTS = 5;
    public static final int REPORT = 6;
    public static final int MIGRATE = 7;
    public static final int MAPPING = 8;

    /** Every group that Linux has. */
    public static final List<Integer> ALL = List.of(ACQUIRE, EXPIRE, SA, POLICY, AEVENTS, REPORT, MIGRATE, MAPPING);

    /** The groups that tell of changes to states and policies, as far as a kernel tells of them. */
    public static final List<Integer> TABLES = List.of(EXPIRE, SA, POLICY, MIGRATE);

    private static final List<String> NAMES =
            List.of("acquire", "expire", "state", "policy", "aevent", "report", "migrate", "mapping");

    private XfrmGroup() {}

    /** For people, as {@code ip xfrm monitor} calls it. */
    public static String name(int group) {
        return group > 0 && group <= NAMES.size() ? NAMES.get(group - 1) : Integer.toString(group);
    }
}

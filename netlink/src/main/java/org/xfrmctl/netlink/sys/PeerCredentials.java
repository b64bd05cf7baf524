package org.xfrmctl.netlink.sys;

import java.util.List;

/**
 * Who is at the other end of a Unix socket, in numbers of this process's user namespace (unix(7), SO_PEERCRED and
 * SO_PEERGROUPS).
 *
 * @param groups the supplementary ones
 */
public record PeerCredentials(long user, long group, List<Long> groups) {
    /** NGROUPS_MAX of Linux. */
    static final int MOST_GROUPS = 65_536;

    public PeerCredentials {
        groups = List.copyOf(groups);
    }

    /** Whether it has that group, by whichever way. */
    public boolean has(long wanted) {
        return group == wanted || groups.contains(wanted);
    }
}

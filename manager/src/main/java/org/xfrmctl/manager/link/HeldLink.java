package org.xfrmctl.manager.link;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;

/**
 * A link that a kernel has.
 *
 * @param kind empty if it is none that we would make
 * @param description what it is, for people
 * @param mark who says that it is his
 * @param addresses of whatever scope and whoever gave them
 * @param routes those of ours that lead there
 */
public record HeldLink(
        String name,
        Optional<LogicalInterface.Kind> kind,
        String description,
        Mark mark,
        boolean isUp,
        int mtu,
        List<HeldAddress> addresses,
        List<IpPrefix> routes) {
    /** What is written on a link. */
    public enum Mark {
        OURS,
        /** Nothing: it is somebody's, or a run of ours was killed when it had just made it. */
        NONE,
        OTHERS
    }

    public HeldLink {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /** Whether we made it. */
    public boolean isOurs() {
        return mark == Mark.OURS;
    }

    /** Whether it is as a link is that was made and nothing else. */
    boolean isBare() {
        return mark == Mark.NONE && !isUp && addresses.isEmpty() && routes.isEmpty();
    }
}

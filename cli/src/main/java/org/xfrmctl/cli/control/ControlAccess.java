package org.xfrmctl.cli.control;

import java.util.Optional;
import java.util.OptionalLong;
import org.xfrmctl.netlink.sys.PeerCredentials;

/**
 * Who may ask, whatever the mode of the socket's file has become.
 *
 * @param user the one that the socket belongs to; root may in any case
 * @param group whose members may, too
 */
public record ControlAccess(long user, OptionalLong group) {
    private static final long ROOT = 0;

    /** Why a peer may not ask; empty if it may. */
    Optional<String> refusal(PeerCredentials peer) {
        if (peer.user() == ROOT || peer.user() == user || (group.isPresent() && peer.has(group.getAsLong()))) {
            return Optional.empty();
        }
        return Optional.of("user " + peer.user() + " may not use this control socket: allowed are root, user " + user
                + (group.isPresent()
                        ? " and members of group " + group.getAsLong()
                        : "; \"watch --group NAME\" lets a group in"));
    }
}

package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The open sockets, as far as events go to those that joined a group. */
final class Multicast {
    private final List<KernelSocket> sockets = new CopyOnWriteArrayList<>();

    void add(KernelSocket socket) {
        sockets.add(socket);
    }

    void remove(KernelSocket socket) {
        sockets.remove(socket);
    }

    boolean hasPort(int port) {
        return sockets.stream().anyMatch(socket -> socket.portId() == port);
    }

    /** Whether a group has a member ({@code netlink_has_listeners()}). */
    boolean isHeard(int group) {
        for (KernelSocket socket : sockets) {
            if (socket.isIn(group)) {
                return true;
            }
        }
        return false;
    }

    /** Hands an event to every member of a group; returns whether any got it. */
    boolean send(int group, ByteBuffer event) {
        boolean taken = false;
        for (KernelSocket socket : sockets) {
            taken |= socket.announce(group, event.duplicate().order(event.order()));
        }
        return taken;
    }
}

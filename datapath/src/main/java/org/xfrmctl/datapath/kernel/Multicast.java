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

    /** Hands an event to every member of a group; returns whether any got it. */
    boolean send(int group, ByteBuffer event) {
        boolean taken = false;
        for (KernelSocket socket : sockets) {
            taken |= socket.announce(group, event.duplicate().order(event.order()));
        }
        return taken;
    }
}

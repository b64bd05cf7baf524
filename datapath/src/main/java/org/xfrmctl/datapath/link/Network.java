package org.xfrmctl.datapath.link;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.xfrmctl.model.IpAddress;

/** All links of a lab and the packets under way on them, first in first out. Not safe for several threads. */
public final class Network {
    /** More deliveries in one go than any honest exchange needs: packets run in a circle. */
    private static final int RUNAWAY = 1_000_000;

    private final Queue<Runnable> deliveries = new ArrayDeque<>();
    private final Timetable timetable = new Timetable();

    /** A new link; an MTU below 68 carries no IPv4 (RFC 791, section 3.2). */
    public Link link(String name, int mtu) {
        if (mtu < 68) {
            throw new IllegalArgumentException("MTU " + mtu + " of link " + name + " is below 68");
        }
        return new Link(this, name, mtu);
    }

    /** Puts a packet at the end of the queue, for a port of any link. */
    public void deliver(Port port, byte[] packet) {
        deliveries.add(() -> port.receive(packet));
    }

    /** As {@link #deliver(Port, byte[])}, for a packet on its way to {@code nextHop}. */
    void deliver(Port port, byte[] packet, IpAddress nextHop) {
        deliveries.add(() -> port.receive(packet, nextHop));
    }

    /** Delivers until nothing is under way any more. */
    public void pump() {
        for (int count = 0; count < RUNAWAY; count++) {
            Runnable next = deliveries.poll();
            if (next == null) {
                return;
            }
            next.run();
        }
        deliveries.clear();
        throw new IllegalStateException("packets run in a circle: " + RUNAWAY + " deliveries without rest");
    }

    /** The time of this network. It stands still but for {@link #pass}. */
    public Timetable timetable() {
        return timetable;
    }

    /**
     * Lets up to {@code millis} pass, each packet arriving at once, until {@code done}; whether that came. To be called
     * in step with real time if there are devices at the end of which it runs.
     */
    public boolean pass(long millis, BooleanSupplier done) {
        long end = timetable.now() + millis;
        pump();
        while (!done.getAsBoolean()) {
            if (!timetable.next(end)) {
                return false;
            }
            pump();
        }
        return true;
    }
}

package org.xfrmctl.datapath.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/** A segment that joins any number of ports. Made by {@link Network#link}; not safe for several threads. */
public final class Link {
    private final Network network;
    private final String name;
    private int mtu;
    private final List<Port> ports = new ArrayList<>();
    private final List<Tap> taps = new ArrayList<>();
    private Impairment impairment = Impairment.NONE;

    Link(Network network, String name, int mtu) {
        this.network = network;
        this.name = name;
        this.mtu = mtu;
    }

    public int mtu() {
        return mtu;
    }

    /** What is under way already is not affected. */
    public void mtu(int value) {
        mtu = value;
    }

    public void attach(Port port) {
        ports.add(port);
    }

    public boolean isAttached(Port port) {
        return ports.contains(port);
    }

    public void tap(Tap tap) {
        taps.add(tap);
    }

    /** Ends what {@link #tap} began. */
    public void untap(Tap tap) {
        taps.remove(tap);
    }

    public void impair(Impairment value) {
        impairment = value;
    }

    /**
     * Sends a packet to whoever owns the next hop; if nobody does it is lost.
     *
     * @throws IllegalArgumentException if the packet is longer than the MTU: hosts must not let that happen
     */
    public void send(IpAddress nextHop, byte[] packet) {
        if (packet.length > mtu) {
            throw new IllegalArgumentException(packet.length + " bytes on link " + name + " with MTU " + mtu);
        }
        Optional<Port> neighbour =
                ports.stream().filter(port -> port.owns(nextHop)).findFirst();
        if (neighbour.isEmpty()) {
            // Nobody answers ARP or neighbour discovery, so the packet is never sent.
            return;
        }
        List.copyOf(taps).forEach(tap -> tap.packet(packet));
        for (byte[] passed : impairment.pass(packet)) {
            network.deliver(neighbour.get(), passed, nextHop);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

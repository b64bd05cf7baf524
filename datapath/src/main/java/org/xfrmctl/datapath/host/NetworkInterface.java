package org.xfrmctl.datapath.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Port;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** A host's place on a link. */
public final class NetworkInterface implements Port {
    private final String name;
    private final int index;
    private final Link link;
    private final List<IpPrefix> addresses;
    private final BiConsumer<NetworkInterface, byte[]> receiver;

    NetworkInterface(
            String name,
            int index,
            Link link,
            List<IpPrefix> addresses,
            BiConsumer<NetworkInterface, byte[]> receiver) {
        this.name = name;
        this.index = index;
        this.link = link;
        this.addresses = new ArrayList<>(addresses);
        this.receiver = receiver;
    }

    public int index() {
        return index;
    }

    public Link link() {
        return link;
    }

    /** Its addresses with the prefix of their network, the preferred one first. */
    public List<IpPrefix> addresses() {
        return List.copyOf(addresses);
    }

    void add(IpPrefix address) {
        addresses.add(address);
    }

    void remove(IpPrefix address) {
        addresses.remove(address);
    }

    @Override
    public boolean owns(IpAddress address) {
        return addresses.stream().anyMatch(prefix -> prefix.address().equals(address));
    }

    @Override
    public void receive(byte[] packet) {
        receiver.accept(this, packet);
    }

    @Override
    public String toString() {
        return name;
    }
}

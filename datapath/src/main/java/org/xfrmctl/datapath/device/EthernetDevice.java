package org.xfrmctl.datapath.device;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/**
 * A host's place on an Ethernet, beside real kernels: frames around its packets, and ARP and neighbour discovery for its
 * addresses, which the machine itself must not have. Neither goes through policy, as if a policy allowed it: on Linux, too,
 * one has to where hosts protect everything between each other. No duplicate address detection, no router discovery.
 */
public final class EthernetDevice implements Device {
    private static final IpAddress ALL_NODES = IpAddress.parse("ff02::1");

    private final MacAddress own;
    private final List<IpAddress> addresses;
    private final Consumer<ByteBuffer> wire;
    private final Consumer<byte[]> host;
    private final Neighbours neighbours;

    /**
     * Joins both ends.
     *
     * @param hardware this end's Ethernet address
     * @param addresses the host's; it also answers for the link-local one, by which it asks
     * @param wire takes frames, each behind a {@code struct virtio_net_hdr}
     * @param host takes packets
     * @param millis a clock that never goes back
     */
    public EthernetDevice(
            Bytes hardware,
            List<IpAddress> addresses,
            Consumer<ByteBuffer> wire,
            Consumer<byte[]> host,
            LongSupplier millis) {
        this.own = MacAddress.of(hardware);
        this.addresses = List.copyOf(addresses);
        this.wire = wire;
        this.host = host;
        this.neighbours = new Neighbours(new Transmission(), millis);
    }

    @Override
    public void receive(byte[] packet) {
        IpHeader.read(PacketBuffer.of(packet)).ifPresent(ip -> neighbours.send(ip.destination(), packet));
    }

    @Override
    public void receive(byte[] packet, IpAddress nextHop) {
        neighbours.send(nextHop, packet);
    }

    @Override
    public void arrive(ByteBuffer datagram) {
        EthernetFrame.read(datagram).forEach(this::arrive);
    }

    private void arrive(EthernetFrame frame) {
        // A frame of a group is only read for discovery: a packet in it would be for a group, or a forgery.
        boolean direct = frame.destination().equals(own);
        if (direct || !frame.destination().isUnicast()) {
            byte[] payload = frame.payload();
            switch (frame.type()) {
                case EthernetFrame.ARP -> ArpMessage.read(payload).ifPresent(this::resolve);
                case EthernetFrame.IPV4 -> pass(payload, direct);
                case EthernetFrame.IPV6 -> discoverOrPass(payload, direct);
                default -> {
                    // Nothing that an IP host knows.
                }
            }
        }
    }

    private void pass(byte[] packet, boolean direct) {
        if (direct) {
            host.accept(packet);
        }
    }

    private void discoverOrPass(byte[] payload, boolean direct) {
        PacketBuffer packet = PacketBuffer.of(payload);
        Optional<IpHeader> ip = IpHeader.read(packet).filter(header -> header.family() == Family.INET6);
        if (ip.isPresent() && NeighbourMessage.isDiscovery(packet, ip.get())) {
            NeighbourMessage.read(packet, ip.get()).ifPresent(this::discover);
        } else {
            pass(payload, direct);
        }
    }

    /** RFC 826, "Packet Reception". */
    private void resolve(ArpMessage message) {
        if (message.reply()) {
            neighbours.learn(message.senderAddress(), message.sender());
        } else if (addresses.contains(message.targetAddress())) {
            // Who only looks whether the address is taken has none himself (RFC 5227, section 2.1.1).
            if (!message.senderAddress().isAny()) {
                neighbours.meet(message.senderAddress(), message.sender());
            }
            ArpMessage answer =
                    new ArpMessage(true, own, message.targetAddress(), message.sender(), message.senderAddress());
            transmit(message.sender(), EthernetFrame.ARP, answer.bytes());
        }
    }

    /** RFC 4861, section 7.2. */
    private void discover(NeighbourMessage message) {
        if (message.advertisement()) {
            message.link().ifPresent(address -> neighbours.learn(message.target(), address));
        } else if (isOwn(message.target())) {
            boolean looking = message.source().isAny();
            Optional<MacAddress> asking = looking ? Optional.empty() : message.link();
            asking.ifPresent(address -> neighbours.meet(message.source(), address));
            IpAddress to = looking ? ALL_NODES : message.source();
            NeighbourMessage answer =
                    new NeighbourMessage(true, message.target(), to, message.target(), !looking, Optional.of(own));
            if (looking) {
                transmit(MacAddress.group(to), EthernetFrame.IPV6, answer.packet());
            } else {
                neighbours.send(to, answer.packet());
            }
        }
    }

    private boolean isOwn(IpAddress address) {
        return addresses.contains(address) || address.equals(own.linkLocal());
    }

    private void transmit(MacAddress to, int type, byte[] payload) {
        wire.accept(new EthernetFrame(to, own, type, payload).bytes());
    }

    @Override
    public int untilTimers() {
        return neighbours.untilTimers();
    }

    @Override
    public void runTimers() {
        neighbours.runTimers();
    }

    private final class Transmission implements Neighbours.Output {
        @Override
        public void ask(IpAddress neighbour) {
            if (neighbour.family() == Family.INET) {
                askByArp(neighbour);
            } else {
                IpAddress group = NeighbourMessage.group(neighbour);
                NeighbourMessage question =
                        new NeighbourMessage(false, own.linkLocal(), group, neighbour, false, Optional.of(own));
                EthernetDevice.this.transmit(MacAddress.group(group), EthernetFrame.IPV6, question.packet());
            }
        }

        private void askByArp(IpAddress neighbour) {
            Optional<IpAddress> source = addresses.stream()
                    .filter(address -> address.family() == Family.INET)
                    .findFirst();
            ArpMessage question =
                    new ArpMessage(false, own, source.orElse(IpAddress.ANY_V4), new MacAddress(0), neighbour);
            EthernetDevice.this.transmit(MacAddress.BROADCAST, EthernetFrame.ARP, question.bytes());
        }

        @Override
        public void transmit(MacAddress neighbour, byte[] packet) {
            int type = packet[0] >> 4 == 4 ? EthernetFrame.IPV4 : EthernetFrame.IPV6;
            EthernetDevice.this.transmit(neighbour, type, packet);
        }
    }
}

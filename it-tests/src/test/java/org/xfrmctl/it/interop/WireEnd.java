package org.xfrmctl.it.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.it.guest.GuestCommand;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.sys.EthernetInterface;
import org.xfrmctl.netlink.sys.NetworkNamespace;

/** The far end of the veth: hears what comes out for the addresses of {@link Ends}, and says nothing. */
final class WireEnd implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 5_000;
    private static final int ETHERNET = 14;
    private static final int FRAGMENT = 44;
    /** More fragments, and the offset. */
    private static final int IPV4_FRAGMENT = 0x3fff;

    private final EthernetInterface far;
    private final List<IpAddress> addresses =
            Ends.of(2).stream().map(IpPrefix::address).toList();

    private WireEnd(EthernetInterface far) {
        this.far = far;
    }

    static WireEnd open() {
        return new WireEnd(
                NetworkNamespace.named(RealEnd.NAMESPACE).call(() -> EthernetInterface.open(RealEnd.INTERFACE)));
    }

    /** Nobody answers who has the addresses, so the kernel is told. */
    void makeKnown() throws IOException, InterruptedException {
        byte[] hardware = far.address().toArray();
        String text = IntStream.range(0, hardware.length)
                .mapToObj(i -> String.format("%02x", hardware[i]))
                .collect(Collectors.joining(":"));
        for (IpAddress address : addresses) {
            GuestCommand.run("ip neigh replace " + address + " lladdr " + text + " dev near nud permanent");
        }
    }

    void forget() {
        look();
    }

    /** What has come; multicasts and the like are nobody's business. */
    List<byte[]> look() {
        List<byte[]> packets = new ArrayList<>();
        for (Optional<ByteBuffer> frame = far.channel().receive();
                frame.isPresent();
                frame = far.channel().receive()) {
            int at = EthernetInterface.VIRTIO_HEADER + ETHERNET;
            byte[] packet = new byte[Math.max(0, frame.get().limit() - at)];
            frame.get().get(at, packet);
            if (IpHeader.read(PacketBuffer.of(packet))
                    .filter(ip -> addresses.contains(ip.destination()))
                    .isPresent()) {
                packets.add(packet);
            }
        }
        return packets;
    }

    /** As {@link #look}, and waits for the first; empty if none comes. */
    Optional<List<byte[]>> await() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (System.nanoTime() < end) {
            List<byte[]> packets = look();
            if (!packets.isEmpty()) {
                return Optional.of(packets);
            }
            Thread.onSpinWait();
        }
        return Optional.empty();
    }

    /** What is wrong with them, if they are not one whole packet within the MTU. */
    List<String> faults(List<byte[]> packets, int mtu) {
        List<String> faults = new ArrayList<>();
        if (packets.size() != 1) {
            faults.add("pieces of "
                    + packets.stream()
                            .map(packet -> Integer.toString(packet.length))
                            .collect(Collectors.joining(" and "))
                    + " bytes come out");
        }
        PacketBuffer first = PacketBuffer.of(packets.get(0));
        IpHeader ip = IpHeader.read(first).orElseThrow();
        if (ip.totalLength() > mtu) {
            faults.add("a packet of " + ip.totalLength() + " bytes comes out");
        }
        if (ip.family().bytes() == 4 ? (first.u16(6) & IPV4_FRAGMENT) != 0 : ip.protocol() == FRAGMENT) {
            faults.add("a fragment comes out");
        }
        return faults;
    }

    @Override
    public void close() {
        far.channel().close();
    }
}

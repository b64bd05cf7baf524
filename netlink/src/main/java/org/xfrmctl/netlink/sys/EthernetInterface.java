package org.xfrmctl.netlink.sys;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/**
 * All frames of an Ethernet interface of this thread's network namespace, by a packet socket (packet(7)). Each frame of the
 * channel has a {@code struct virtio_net_hdr} in front, both ways: a frame that was made on this machine, such as one from
 * the other end of a veth, may come without the checksum of TCP or UDP, and as one segment longer than the MTU; the header
 * says so.
 *
 * @param address the hardware address
 */
public record EthernetInterface(String name, Bytes address, int mtu, PacketChannel channel) {
    /** The length of {@code struct virtio_net_hdr}. */
    public static final int VIRTIO_HEADER = 10;

    private static final int ADDRESS = 6;
    private static final int EVERY_PROTOCOL = 3;
    /** {@code struct sockaddr_ll}: family, protocol, index, and what only receiving fills. */
    private static final int SOCKADDR_LL = 20;
    /** {@code struct packet_mreq}: index, type, length, address. */
    private static final int PACKET_MREQ = 16;

    private static final int PACKET_MR_ALLMULTI = 2;

    /**
     * Opens the interface, which should be up and have no addresses: else the machine's kernel answers as well.
     *
     * @throws NetlinkException ENODEV if there is no such interface, EPERM without CAP_NET_RAW
     */
    public static EthernetInterface open(String name) {
        LibC libc = LibC.get();
        int type = LibC.SOCK_RAW | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC;
        // Without a protocol it hears nothing before it is bound.
        FileDescriptor socket =
                new FileDescriptor("open a packet socket on " + name, libc.socket(LibC.AF_PACKET, type, 0));
        try {
            int index = InterfaceNames.indexOf(name);
            if (index == 0) {
                throw new NetlinkException(Errno.ENODEV.number(), "open a packet socket on " + name);
            }
            set(socket, LibC.PACKET_VNET_HDR, number(1));
            set(socket, LibC.PACKET_IGNORE_OUTGOING, number(1));
            // For the solicited-node groups (RFC 4291, section 2.7.1), which a network card would not let in.
            set(socket, LibC.PACKET_ADD_MEMBERSHIP, allMulticast(index));
            FileDescriptor.check("bind to " + name, libc.bind(socket.number(), address(index), SOCKADDR_LL));
            byte[] hardware = new InterfaceRequest(name)
                    .call(socket, InterfaceRequest.GET_HARDWARE_ADDRESS, "the hardware address of " + name)
                    .address(ADDRESS);
            int mtu = new InterfaceRequest(name)
                    .call(socket, InterfaceRequest.GET_MTU, "the MTU of " + name)
                    .getInt();
            return new EthernetInterface(name, Bytes.of(hardware), mtu, new PacketChannel(socket, "interface " + name));
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static void set(FileDescriptor socket, int option, ByteBuffer value) {
        FileDescriptor.check(
                "setsockopt " + option,
                LibC.get().setsockopt(socket.number(), LibC.SOL_PACKET, option, value, value.capacity()));
    }

    private static ByteBuffer number(int value) {
        return ByteBuffer.allocateDirect(Integer.BYTES).order(nativeOrder()).putInt(0, value);
    }

    private static ByteBuffer allMulticast(int index) {
        ByteBuffer request = ByteBuffer.allocateDirect(PACKET_MREQ).order(nativeOrder());
        return request.putInt(0, index).putShort(4, (short) PACKET_MR_ALLMULTI);
    }

    private static ByteBuffer address(int index) {
        ByteBuffer address = ByteBuffer.allocateDirect(SOCKADDR_LL).order(nativeOrder());
        address.putShort(0, (short) LibC.AF_PACKET).putInt(4, index);
        return address.order(BIG_ENDIAN).putShort(2, (short) EVERY_PROTOCOL);
    }
}

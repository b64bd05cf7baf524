package org.xfrmctl.netlink.sys;

/**
 * A TUN interface of this thread's network namespace: what the machine routes there comes out of the channel, and what is
 * put in arrives at the machine, both from the IP header on. The interface goes when the channel is closed, unless it was
 * made to stay ({@code ip tuntap add}); addresses and routes are the machine's matter.
 */
public record TunInterface(String name, PacketChannel channel) {
    private static final String DEVICE = "/dev/net/tun";
    private static final long TUNSETIFF = 0x400454ca;
    private static final int IFF_TUN = 0x0001;
    /** No {@code struct tun_pi} in front of packets. */
    private static final int IFF_NO_PI = 0x1000;

    /**
     * Attaches to the interface of this name, which is made if it is not there.
     *
     * @throws org.xfrmctl.netlink.NetlinkException ENOENT where there is no /dev/net/tun, EPERM without CAP_NET_ADMIN for
     *     an interface that is not this user's
     */
    public static TunInterface open(String name) {
        int flags = LibC.O_RDWR | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        InterfaceRequest request = new InterfaceRequest(name).putShort(IFF_TUN | IFF_NO_PI);
        FileDescriptor file = new FileDescriptor("open " + DEVICE, LibC.get().open(DEVICE, flags));
        try {
            request.call(file, TUNSETIFF, "make the TUN interface " + name);
            return new TunInterface(request.name(), new PacketChannel(file, "the TUN interface " + name));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }
}

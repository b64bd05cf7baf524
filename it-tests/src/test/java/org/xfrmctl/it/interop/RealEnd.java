package org.xfrmctl.it.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.xfrmctl.it.guest.GuestCommand;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.LibC;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** The kernel of the guest, with one end of a veth; the other end is in a namespace of its own, without addresses. */
final class RealEnd implements AutoCloseable {
    static final String NAMESPACE = "far";
    static final String INTERFACE = "far";

    private static final int SOL_UDP = 17;
    private static final int UDP_ENCAP = 100;
    private static final int ESP_IN_UDP = 2;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    private final XfrmClient client;
    private final Map<IpAddress, EchoSocket> sockets = new HashMap<>();

    private RealEnd(XfrmClient client) {
        this.client = client;
    }

    static RealEnd build() throws IOException, InterruptedException {
        GuestCommand.run("ip netns add " + NAMESPACE);
        GuestCommand.run("ip link add near type veth peer name " + INTERFACE + " netns " + NAMESPACE);
        GuestCommand.run("ip -n " + NAMESPACE + " link set " + INTERFACE + " addrgenmode none up");
        for (IpPrefix address : Ends.of(1)) {
            String nodad = address.family() == Family.INET6 ? " nodad" : "";
            GuestCommand.run("ip addr add " + address + " dev near" + nodad);
        }
        GuestCommand.run("ip link set near up");
        RealEnd end = new RealEnd(new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM)));
        Around.policies().forEach(end.client::addPolicy);
        for (IpPrefix address : Ends.of(1)) {
            end.sockets.put(address.address(), new EchoSocket(address.address()));
        }
        takeEspInUdp(IpAddress.ANY_V4);
        takeEspInUdp(IpAddress.ANY_V6);
        return end;
    }

    /** Opens a socket on port 4500 that stays until the guest ends. */
    private static void takeEspInUdp(IpAddress any) throws IOException {
        LibC libc = LibC.get();
        boolean v4 = any.family() == Family.INET;
        int socket = libc.socket(v4 ? LibC.AF_INET : LibC.AF_INET6, LibC.SOCK_DGRAM, 0);
        ByteBuffer type =
                ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder()).putInt(0, ESP_IN_UDP);
        if (!v4) {
            ByteBuffer only =
                    ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder()).putInt(0, 1);
            libc.setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, only, 4);
        }
        ByteBuffer address = EchoSocket.address(any, 4500);
        if (libc.bind(socket, address, address.capacity()) < 0
                || libc.setsockopt(socket, SOL_UDP, UDP_ENCAP, type, 4) < 0) {
            throw new IOException("no socket for ESP in UDP: errno " + LibC.errno());
        }
    }

    XfrmClient client() {
        return client;
    }

    EchoSocket socket(IpAddress own) {
        EchoSocket socket = sockets.get(own);
        if (socket == null) {
            throw new IllegalArgumentException(own + " is not the kernel's");
        }
        return socket;
    }

    /** What /proc/net/xfrm_stat says, without zeros. */
    Map<String, Long> statistics() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/xfrm_stat")).stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(words -> !words[1].equals("0"))
                .collect(Collectors.toMap(words -> words[0], words -> Long.valueOf(words[1])));
    }

    @Override
    public void close() {
        sockets.values().forEach(EchoSocket::close);
        client.close();
    }
}

package org.xfrmctl.it.differential;

import java.util.List;
import java.util.Map;
import org.xfrmctl.it.differential.Step.Departure;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.netlink.NetlinkTransport;

/** A kernel with one device, on which everything lies that is not this host; nobody answers there. */
interface Subject {
    int MTU = 1500;
    /** The index of that device: the loopback has the first. */
    int WIRE = 2;

    /** Where ESP in UDP is taken. */
    int ENCAP_PORT = 4500;
    /** Where somebody listens for datagrams. */
    List<Integer> LISTENING = List.of(80, 7777);

    /**
     * With 192.0.2.1 a state to 192.0.2.2 would stand in one hash chain with those from anywhere, and Linux would then use
     * it for packets from anywhere (xfrm_state_find()). The userspace kernel has no such chains.
     */
    IpAddress LOCAL_V4 = IpAddress.parse("192.0.2.3");

    IpAddress LOCAL_V6 = IpAddress.parse("2001:db8::1");

    static IpAddress local(Family family) {
        return family == Family.INET ? LOCAL_V4 : LOCAL_V6;
    }

    /** For requests. */
    NetlinkTransport socket();

    /** A member of every group, for which nothing waits. */
    NetlinkTransport listener();

    /** Waits until the kernel has done what it does later. */
    void settle();

    /** A packet comes in on the device, and all that follows from it happens. */
    void arrive(byte[] packet);

    /** A socket sends; what its call says. */
    default String send(Departure departure) {
        return send(departure, Payloads.of(departure));
    }

    /** As above, with other data of the same length. */
    String send(Departure departure, byte[] data);

    /** What left on the device since this was last asked. */
    List<byte[]> emitted();

    /** What sockets were given since this was last asked, sorted. */
    List<String> delivered();

    /** As they stand. */
    Map<XfrmCounter, Long> statistics();
}

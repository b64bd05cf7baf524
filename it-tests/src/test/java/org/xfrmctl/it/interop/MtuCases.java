package org.xfrmctl.it.interop;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.xfrmctl.it.guest.GuestCommand;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.mtu.MtuSum;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.SocketMtu;
import org.xfrmctl.netlink.sys.UdpEndpoint;

/**
 * In the guest: asks the kernel for the MTU of every case, and sends a datagram that makes a packet of exactly the computed
 * one, and another that is a byte longer. Nobody answers; what comes out is looked at on the wire.
 */
final class MtuCases {
    private static final int EMSGSIZE = 90;
    private static final int UDP = 8;
    private static final int PORT = 7000;

    private final RealEnd real;
    private final WireEnd wire;
    private final int linkMtu;

    private MtuCases(RealEnd real, WireEnd wire, int linkMtu) {
        this.real = real;
        this.wire = wire;
        this.linkMtu = linkMtu;
    }

    /** The arguments are the file to write, a line for a case, and the link's MTU. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int linkMtu = Integer.parseInt(arguments[1]);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])), true);
                RealEnd real = RealEnd.build()) {
            GuestCommand.run("ip link set near mtu " + linkMtu);
            try (WireEnd wire = WireEnd.open()) {
                wire.makeKnown();
                MtuCases cases = new MtuCases(real, wire, linkMtu);
                for (InteropCase each : InteropCase.all()) {
                    if (!each.options().esn()) {
                        out.println(each + "\t" + cases.outcome(each));
                    }
                }
            }
        }
    }

    private String outcome(InteropCase each) throws IOException {
        try {
            String refused = add(each);
            return refused.isEmpty() ? compare(each) : InteropCase.REFUSED + refused;
        } finally {
            for (XfrmPolicy policy : each.policies(true)) {
                if (real.client().getPolicy(policy.key()).isPresent()) {
                    real.client().deletePolicy(policy.key());
                }
            }
            real.client().flushStates(IpProtocol.ANY);
        }
    }

    /** What the kernel says if it does not have such states or policies. */
    private String add(InteropCase each) {
        try {
            each.states().forEach(real.client()::addState);
            each.policies(true).forEach(real.client()::addPolicy);
            return "";
        } catch (NetlinkException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String compare(InteropCase each) throws IOException {
        List<XfrmState> innermostFirst = new ArrayList<>(
                each.states().stream().filter(state -> isOurs(state.source())).toList());
        Collections.reverse(innermostFirst);
        int computed = MtuSum.of(innermostFirst, linkMtu).left();
        List<String> faults = new ArrayList<>();
        try {
            int told =
                    SocketMtu.of(new UdpEndpoint.Address(each.near(), 0), new UdpEndpoint.Address(each.far(), PORT), 0);
            if (told != computed) {
                faults.add("the kernel says " + told);
            }
        } catch (NetlinkException e) {
            faults.add("the kernel does not say: " + e.getMessage());
        }
        if (!each.isBroken()) {
            faults.addAll(send(each, computed));
        }
        return faults.isEmpty() ? Integer.toString(computed) : computed + ", but " + String.join("; ", faults);
    }

    private static boolean isOurs(IpAddress address) {
        return Ends.of(1).stream().anyMatch(prefix -> prefix.address().equals(address));
    }

    private List<String> send(InteropCase each, int mtu) throws IOException {
        List<String> faults = new ArrayList<>();
        int data = mtu - (each.inner() == Family.INET ? 20 : 40) - UDP;
        try (WholeDatagrams socket = new WholeDatagrams(each.near(), each.far(), PORT)) {
            wire.forget();
            int errno = socket.send(data);
            if (errno != 0) {
                faults.add("a packet of the MTU is refused: errno " + errno);
            } else {
                wire.await()
                        .ifPresentOrElse(
                                packets ->
                                        faults.addAll(each.isCutAtRandom() ? List.of() : wire.faults(packets, linkMtu)),
                                () -> faults.add("a packet of the MTU does not come out"));
            }
            errno = socket.send(data + 1);
            if (errno != EMSGSIZE) {
                faults.add("one byte more: errno " + errno);
            }
            if (!wire.look().isEmpty()) {
                faults.add("one byte more comes out");
            }
        }
        return faults;
    }
}

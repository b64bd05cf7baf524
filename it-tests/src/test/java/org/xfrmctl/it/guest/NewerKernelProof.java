package org.xfrmctl.it.guest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * Runs in the guest: what Linux has learned since 6.1, and a second CPU. Prints what it saw, one fact on each line, for
 * {@link NewerKernelIT} to judge.
 */
final class NewerKernelProof {
    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final IpAddress THERE = IpAddress.parse("192.0.2.2");

    private NewerKernelProof() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        say("processors", Runtime.getRuntime().availableProcessors());
        say("interface", linkOfIfId7());
        try (XfrmClient client = new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM))) {
            client.addState(state(0x1001, 0, SaDirection.OUT, NatTraversal.NONE));
            client.addState(state(0x1002, 32, SaDirection.IN, NatTraversal.NONE));
            Encap udp = new Encap(Encap.ESPINUDP, 4500, 4500, IpAddress.parse("0.0.0.0"));
            client.addState(state(0x1003, 0, SaDirection.OUT, new NatTraversal(Optional.of(udp), 20, 0)));
            say(
                    "an outbound state with a replay window",
                    refusal(client, state(0x1004, 32, SaDirection.OUT, NatTraversal.NONE)));
            for (XfrmState state : client.listStates()) {
                say(
                        state.id().spi().toString(),
                        state.options().placement().direction() + ", keepalive "
                                + state.options().natTraversal().keepalive());
            }
        }
    }

    private static String linkOfIfId7() throws IOException, InterruptedException {
        GuestCommand.run("ip link add xfrm0 type xfrm dev lo if_id 7");
        return GuestCommand.run("ip -d -o link show xfrm0").strip();
    }

    private static XfrmState state(int spi, int window, SaDirection direction, NatTraversal natTraversal) {
        return XfrmState.builder(new SaId(THERE, new Spi(spi), IpProtocol.ESP), HERE)
                .ifId(new IfId(7))
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(new byte[20]), 128)))
                .replay(new ReplayState.Basic(window, 0, 0, 0))
                .options(StateOptions.NONE
                        .withNatTraversal(natTraversal)
                        .withPlacement(new Placement(Optional.of(direction), OptionalInt.empty(), Optional.empty())))
                .build();
    }

    private static String refusal(XfrmClient client, XfrmState state) {
        try {
            client.addState(state);
            return "was added";
        } catch (NetlinkException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void say(String what, Object value) {
        System.out.println(what + ": " + value);
    }
}

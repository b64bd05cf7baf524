package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * Runs in the guest: what Linux has learned since 6.1, and a second CPU. Prints what it saw, one fact on each line, for
 * {@link NewerKernelIT} to judge. Attributes that our model does not interpret travel as they are.
 */
final class NewerKernelProof {
    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final IpAddress THERE = IpAddress.parse("192.0.2.2");
    private static final RawAttribute INBOUND = new RawAttribute(Xfrma.SA_DIR, Bytes.of((byte) 1));
    private static final RawAttribute OUTBOUND = new RawAttribute(Xfrma.SA_DIR, Bytes.of((byte) 2));

    private NewerKernelProof() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        say("processors", Runtime.getRuntime().availableProcessors());
        say("interface", linkOfIfId7());
        try (XfrmClient client = new XfrmClient(AfNetlinkSocket.open())) {
            client.addState(state(0x1001, 0, Optional.empty(), OUTBOUND));
            client.addState(state(0x1002, 32, Optional.empty(), INBOUND));
            Encap udp = new Encap(Encap.ESPINUDP, 4500, 4500, IpAddress.parse("0.0.0.0"));
            client.addState(state(0x1003, 0, Optional.of(udp), OUTBOUND, natKeepalive(20)));
            say(
                    "an outbound state with a replay window",
                    refusal(client, state(0x1004, 32, Optional.empty(), OUTBOUND)));
            for (XfrmState state : client.listStates()) {
                say(state.id().spi().toString(), state.options().other());
            }
        }
    }

    private static String linkOfIfId7() throws IOException, InterruptedException {
        GuestCommand.run("ip link add xfrm0 type xfrm dev lo if_id 7");
        return GuestCommand.run("ip -d -o link show xfrm0").strip();
    }

    private static RawAttribute natKeepalive(int seconds) {
        ByteBuffer value = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
        return new RawAttribute(
                Xfrma.NAT_KEEPALIVE_INTERVAL, Bytes.of(value.putInt(seconds).array()));
    }

    private static XfrmState state(int spi, int window, Optional<Encap> encap, RawAttribute... attributes) {
        return XfrmState.builder(new SaId(THERE, new Spi(spi), IpProtocol.ESP), HERE)
                .ifId(new IfId(7))
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(new byte[20]), 128)))
                .replay(new ReplayState.Basic(window, 0, 0, 0))
                .options(new StateOptions(
                        Optional.empty(), encap, Optional.empty(), 0, OptionalLong.empty(), List.of(attributes)))
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

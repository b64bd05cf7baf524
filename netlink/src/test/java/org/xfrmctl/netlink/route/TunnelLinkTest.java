package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Rtm;

/** Links that wrap packets, in a kernel's answer as in our request. */
class TunnelLinkTest {
    private static final IpAddress LOCAL = IpAddress.parse("192.0.2.1");
    private static final IpAddress REMOTE = IpAddress.parse("192.0.2.2");

    static Stream<Link.Kind.Tunnel> tunnels() {
        return Stream.of(
                new Link.Kind.Tunnel(Link.Wrapping.GRE, LOCAL, REMOTE, OptionalInt.empty(), 64),
                new Link.Kind.Tunnel(Link.Wrapping.GRE, LOCAL, REMOTE, OptionalInt.of(0), 0),
                new Link.Kind.Tunnel(Link.Wrapping.GRE, LOCAL, REMOTE, OptionalInt.of(0x81020304), 255),
                new Link.Kind.Tunnel(Link.Wrapping.IPIP, LOCAL, REMOTE, OptionalInt.empty(), 9));
    }

    private static ByteBuffer encode(Link.Kind.Tunnel tunnel, ByteOrder order) {
        MessageWriter out = new MessageWriter(order).begin(Rtm.NEWLINK, 0, 1, 0);
        LinkCodec.encode(new NewLink.Tunnel("tun1", tunnel), out);
        return out.end().datagram();
    }

    @ParameterizedTest
    @MethodSource("tunnels")
    void whatIsAskedForIsWhatIsRead(Link.Kind.Tunnel tunnel) {
        NetlinkMessage message =
                NetlinkMessage.split(encode(tunnel, ByteOrder.nativeOrder())).get(0);

        assertThat(LinkCodec.decode(message).kind()).isEqualTo(tunnel);
    }

    /** include/uapi/linux/if_tunnel.h: flags and keys are big-endian whatever the machine is. */
    @Test
    void keysAreInNetworkOrder() {
        Link.Kind.Tunnel tunnel =
                new Link.Kind.Tunnel(Link.Wrapping.GRE, LOCAL, REMOTE, OptionalInt.of(0x81020304), 64);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            ByteBuffer datagram = encode(tunnel, order);
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);

            assertThat(HexFormat.of().formatHex(bytes))
                    .containsSubsequence("20000000", "20000000", "81020304", "81020304", "c0000201", "c0000202");
        }
    }
}

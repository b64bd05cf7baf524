package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Rtm;

/**
 * Any bytes are links, addresses, routes and rules, or a {@link MalformedMessageException}. What was written once is read
 * as it was written; the first writing leaves out what only a kernel tells, and the address of an empty prefix.
 */
class RouteFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void messages(byte[] bytes) {
        try {
            NetlinkMessage.split(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN))
                    .forEach(RouteFuzzTest::read);
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageContaining("offset");
        }
    }

    private static void read(NetlinkMessage message) {
        switch (message.type()) {
            case Rtm.NEWLINK -> assertThat(LinkCodec.decode(message).toString()).isNotEmpty();
            case Rtm.NEWADDR, Rtm.DELADDR -> stays(message, AddressCodec::decode, AddressCodec::encode);
            case Rtm.NEWROUTE, Rtm.DELROUTE -> stays(message, RouteCodec::decode, RouteCodec::encode);
            case Rtm.NEWRULE, Rtm.DELRULE -> stays(message, RuleCodec::decode, RuleCodec::encode);
            default -> {
                // Requests and control messages, which nobody reads here.
            }
        }
    }

    private static <T> void stays(
            NetlinkMessage message, Function<NetlinkMessage, T> reader, BiConsumer<T, MessageWriter> writer) {
        T value = reader.apply(message);
        assertThat(value.toString()).isNotEmpty();
        T written = again(message, value, reader, writer);
        assertThat(again(message, written, reader, writer)).isEqualTo(written);
    }

    private static <T> T again(
            NetlinkMessage like, T value, Function<NetlinkMessage, T> reader, BiConsumer<T, MessageWriter> writer) {
        MessageWriter out = new MessageWriter(ByteOrder.LITTLE_ENDIAN).begin(like.type(), 0, 1, 0);
        writer.accept(value, out);
        return reader.apply(NetlinkMessage.split(out.end().datagram()).get(0));
    }
}

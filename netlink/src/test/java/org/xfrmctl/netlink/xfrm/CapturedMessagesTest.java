package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Nlmsghdr;

/** What a kernel sent, decoded and encoded again, must be the same bytes. */
class CapturedMessagesTest {

    static Stream<String> states() {
        return Stream.of(
                        Fixtures.names("state-", ".hex"),
                        Fixtures.names("event-newsa", ".hex"),
                        List.of("event-00-newsa.hex", "event-01-updsa.hex"))
                .flatMap(List::stream);
    }

    static Stream<String> policies() {
        return Stream.of(
                        Fixtures.names("policy-dump", ".hex"),
                        Fixtures.names("event-newpolicy", ".hex"),
                        List.of("event-06-updpolicy.hex", "event-acq-00-newpolicy.hex"))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("states")
    void statesSurviveTheRoundTrip(String name) {
        NetlinkMessage captured = Fixtures.message(name);
        MessageWriter out = begin(captured);
        StateCodec.encodeDump(StateCodec.decode(captured), out);
        assertThat(hex(out.end().datagram())).isEqualTo(hex(captured.bytes()));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void policiesSurviveTheRoundTrip(String name) {
        NetlinkMessage captured = Fixtures.message(name);
        MessageWriter out = begin(captured);
        PolicyCodec.encodeDump(PolicyCodec.decode(captured), out);
        assertThat(hex(out.end().datagram())).isEqualTo(hex(captured.bytes()));
    }

    static MessageWriter begin(NetlinkMessage like) {
        Nlmsghdr header = like.header();
        return new MessageWriter(ByteOrder.LITTLE_ENDIAN)
                .begin(header.type(), header.flags(), header.seq(), header.pid());
    }

    static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return HexFormat.ofDelimiter(" ").formatHex(copy);
    }
}

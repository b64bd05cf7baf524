package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Nlmsghdr;
import org.xfrmctl.netlink.uapi.XfrmMsg;

/** What a real kernel sent: all of it is read as what it was about, and written again it is the same bytes. */
class CapturedMessagesTest {
    /** Where MAPPING has the twelve bytes behind an IPv4 address in which the kernel left junk. */
    private static final int JUNK = NetlinkMessage.HEADER + 44 + 4;

    static Stream<String> messages() {
        Stream<String> alone =
                Stream.of("event-", "state-", "policy-").flatMap(prefix -> Fixtures.names(prefix, "").stream());
        return Stream.concat(alone, replies());
    }

    private static Stream<String> replies() {
        return Fixtures.names("req-", "").stream().filter(name -> Fixtures.has(name, "reply"));
    }

    static NetlinkMessage message(String name) {
        return name.startsWith("req-") ? Fixtures.message(name, "reply") : Fixtures.message(name);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void writtenAgainItIsTheSame(String name) {
        NetlinkMessage captured = message(name);
        MessageWriter out = begin(captured);
        switch (captured.type()) {
            case XfrmMsg.NEWSADINFO -> SadInfo.decode(captured).encode(-1, out);
            case XfrmMsg.NEWSPDINFO -> SpdInfo.decode(captured).encode(-1, out);
            default -> XfrmEvent.decode(captured).encode(out);
        }
        ByteBuffer written = out.end().datagram();
        if (captured.type() == XfrmMsg.MAPPING) {
            written.put(JUNK, captured.bytes(), JUNK, 12);
        }
        assertThat(hex(written)).isEqualTo(hex(captured.bytes()));
    }

    /** Those that a command made are compared with it elsewhere ({@code CapturedCommandsTest}). */
    static List<String> told() {
        return messages()
                .filter(Predicate.not(
                        name -> name.matches("(event-newsa-spi|event-newpolicy-index|policy-dump-index)-.*"
                                + "|state-dump-proto(50|51|108)-.*")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("told")
    void itIsReadAsWhatItIsAbout(String name) {
        assertThat(read(message(name)))
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(SaidByTheKernel.all().get(name));
    }

    private static Object read(NetlinkMessage message) {
        return switch (message.type()) {
            case XfrmMsg.NEWSADINFO -> SadInfo.decode(message);
            case XfrmMsg.NEWSPDINFO -> SpdInfo.decode(message);
            default -> XfrmEvent.decode(message);
        };
    }

    @Test
    void noValueIsWithoutItsMessage() {
        assertThat(SaidByTheKernel.all().keySet()).containsExactlyInAnyOrderElementsOf(told());
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

package org.xfrmctl.netlink.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.Fixtures;

/** Acks as captured: the first line of each file says what they mean. */
class ErrorMessageTest {
    static Stream<String> requests() {
        return Fixtures.names("req-", ".txt").stream().filter(name -> Fixtures.has(name, "ack"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void acksTellErrnoAndText(String name) {
        String outcome = Fixtures.title(name).replaceAll(".*-> ", "");
        ErrorMessage ack = ErrorMessage.readError(Fixtures.message(name, "ack"));
        String errno = outcome.replaceAll(" .*", "");
        assertThat(ack.errno())
                .isEqualTo(errno.equals("OK") ? 0 : Errno.valueOf(errno).number());
        assertThat(ack.text().orElse(""))
                .isEqualTo(outcome.substring(errno.length()).strip());
    }

    @Test
    void theOffsetIsFromTheRequestsHeader() {
        ErrorMessage ack = ErrorMessage.readError(Fixtures.message("req-newsa-short-attr-erange.txt", "ack"));
        assertThat(ack.fault().offset()).isEqualTo(OptionalInt.of(0xf0));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void acksAreWrittenAsTheKernelDoes(String name) {
        NetlinkMessage captured = Fixtures.message(name, "ack");
        MessageWriter out = new MessageWriter(ByteOrder.LITTLE_ENDIAN);
        ErrorMessage.readError(captured)
                .write(Fixtures.message(name, "request"), captured.header().pid(), true, out);
        assertThat(out.datagram()).isEqualTo(captured.bytes());
    }

    @Test
    void aBrokenExtendedAckNeverHidesTheErrno() {
        NetlinkMessage whole = Fixtures.message("req-newsa-noalg-extack.txt", "ack");
        for (int length = 20; length < whole.bytes().limit(); length++) {
            ByteBuffer cut = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            cut.put(0, whole.bytes(), 0, length);
            cut.putInt(0, length);
            ErrorMessage ack = ErrorMessage.readError(NetlinkMessage.split(cut).get(0));
            assertThat(ack.errno()).isEqualTo(Errno.EINVAL.number());
        }
    }

    @Test
    void aWrongEchoLengthNeverHidesTheErrno() {
        NetlinkMessage whole = Fixtures.message("req-newsa-noalg-extack.txt", "ack");
        for (int lie : new int[] {0, 1, 15, 17, 100_000, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            whole.bytes().putInt(20, lie);
            assertThatCode(() ->
                            assertThat(ErrorMessage.readError(whole).errno()).isEqualTo(Errno.EINVAL.number()))
                    .doesNotThrowAnyException();
        }
    }
}

package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.kernel.Crafted.template;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** Requests that only tests and tuning make: hash thresholds, and acquires that a client asks for. */
class OwnRequestsTest {
    private static final int ACQUIRE = 23;
    private static final int NEWSPDINFO = 36;
    private static final int GETSPDINFO = 37;
    private static final int POLICY_IN_ACQUIRE = 96;

    private final KernelUnderTest kernel = new KernelUnderTest();

    static Stream<Arguments> thresholds() {
        return Stream.of(
                Arguments.of("nothing", thresholds(new byte[0][]), "OK", "", "32 32 128 128"),
                Arguments.of("both", thresholds(pair(24, 16), pair(64, 0)), "OK", "", "24 16 64 0"),
                Arguments.of("the largest", thresholds(pair(32, 32), pair(128, 128)), "OK", "", "32 32 128 128"),
                Arguments.of("33 bits of IPv4", thresholds(pair(33, 0)), "EINVAL", "", "32 32 128 128"),
                Arguments.of(
                        "one good and one bad", thresholds(pair(8, 8), pair(0, 129)), "EINVAL", "", "32 32 128 128"),
                Arguments.of(
                        "one byte",
                        thresholds(new byte[1]),
                        "ERANGE",
                        "Attribute failed policy validation",
                        "32 32 128 128"),
                Arguments.of(
                        "a number that other requests call ALG_AUTH, and is too short for it",
                        new Crafted(NEWSPDINFO, 4).attribute(1, new byte[1]).attribute(2, new byte[1]),
                        "OK",
                        "",
                        "32 32 128 128"),
                Arguments.of(
                        "too short", new Crafted(NEWSPDINFO, 3), "EINVAL", "Invalid header length", "32 32 128 128"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("thresholds")
    void thresholdsAreSetOrRefused(String what, Crafted request, String errno, String text, String after) {
        assertThat(answer(request)).isEqualTo(new Answer(errno, text));
        byte[] info = kernel.ask(new Crafted(GETSPDINFO, 4).bytes()).get(0);
        int at = info.length - 16;
        assertThat(String.join(" ", List.of(u8(info, at + 4), u8(info, at + 5), u8(info, at + 12), u8(info, at + 13))))
                .isEqualTo(after);
    }

    private static String u8(byte[] bytes, int at) {
        return Integer.toString(Byte.toUnsignedInt(bytes[at]));
    }

    private static byte[] pair(int local, int remote) {
        return new byte[] {(byte) local, (byte) remote};
    }

    private static Crafted thresholds(byte[]... each) {
        Crafted request = new Crafted(NEWSPDINFO, 4);
        for (int i = 0; i < each.length; i++) {
            request.attribute(3 + i, each[i]);
        }
        return request;
    }

    static Stream<Arguments> acquires() {
        return Stream.of(
                Arguments.of("without templates", acquire(), "OK", ""),
                Arguments.of("share 9", acquire().u8(POLICY_IN_ACQUIRE + 163, 9), "EINVAL", "Invalid policy share"),
                Arguments.of("dir 3", acquire().u8(POLICY_IN_ACQUIRE + 160, 3), "EINVAL", "Invalid policy direction"),
                Arguments.of(
                        "type 7",
                        acquire().attribute(16, new byte[] {7, 0, 0, 0, 0, 0}),
                        "EINVAL",
                        "Invalid policy type"),
                Arguments.of(
                        "a template of proto 4",
                        acquire().templates(template(4, 1, 2, 0)),
                        "EINVAL",
                        "Invalid XFRM protocol in template"),
                Arguments.of("too short", new Crafted(ACQUIRE, 279), "EINVAL", "Invalid header length"));
    }

    @ParameterizedTest(name = "{0}: {2} {3}")
    @MethodSource("acquires")
    void anAcquireIsCheckedAsAPolicy(String what, Crafted request, String errno, String text) {
        assertThat(answer(request)).isEqualTo(new Answer(errno, text));
        assertThat(kernel.dump(18)).isEmpty();
        assertThat(kernel.dump(21)).isEmpty();
    }

    @Test
    void eachTemplateIsAskedForWithTheMasksOfTheRequest() {
        NetlinkTransport keyManager = kernel.open();
        keyManager.join(1);
        Crafted request = acquire()
                .u8(POLICY_IN_ACQUIRE + 160, 0)
                .u32(264, 0x11)
                .u32(268, 0x22)
                .templates(template(50, 1, 2, 0), template(51, 0, 2, 0));
        assertThat(answer(request)).isEqualTo(new Answer("OK", ""));
        List<XfrmEvent.Acquired> events =
                Stream.generate(() -> heard(keyManager)).limit(2).toList();
        assertThat(events).extracting(XfrmEvent.Acquired::sequence).containsExactly(1, 2);
        assertThat(events).extracting(event -> event.id().protocol().number()).containsExactly(50, 51);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.masks().authentication()).isEqualTo(0x11);
            assertThat(event.policy().direction().number()).isEqualTo(1);
        });
        assertThat(events.get(0).policy().templates())
                .extracting(each -> each.masks().encryption())
                .containsExactly(0x22, 0);
        assertThat(keyManager.receiveNow()).isEmpty();
    }

    private static XfrmEvent.Acquired heard(NetlinkTransport listener) {
        return (XfrmEvent.Acquired) XfrmEvent.decode(
                NetlinkMessage.split(listener.receiveNow().orElseThrow()).get(0));
    }

    private static Crafted acquire() {
        return new Crafted(ACQUIRE, 280)
                .u16(40 + 40, 2)
                .u16(POLICY_IN_ACQUIRE + 40, 2)
                .u8(POLICY_IN_ACQUIRE + 160, 1);
    }

    private Answer answer(Crafted request) {
        List<byte[]> answers = kernel.ask(request.bytes());
        return Answer.of(answers.get(answers.size() - 1));
    }
}

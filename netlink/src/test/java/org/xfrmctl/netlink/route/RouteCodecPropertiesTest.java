package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Rtm;

class RouteCodecPropertiesTest {
    private static final int ROUNDS = 300;
    private static final long SEED = 20251124;

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void whatIsWrittenIsReadAsItWas(String order) {
        RandomRoutes random = new RandomRoutes(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            LinkAddress address = random.address();
            Route route = random.route();
            Rule rule = random.rule();
            assertThat(AddressCodec.decode(written(order, Rtm.NEWADDR, out -> AddressCodec.encode(address, out))))
                    .as("seed %s round %s", SEED, round)
                    .isEqualTo(address);
            assertThat(RouteCodec.decode(written(order, Rtm.NEWROUTE, out -> RouteCodec.encode(route, out))))
                    .as("seed %s round %s", SEED, round)
                    .isEqualTo(route);
            assertThat(RuleCodec.decode(written(order, Rtm.NEWRULE, out -> RuleCodec.encode(rule, out))))
                    .as("seed %s round %s", SEED, round)
                    .isEqualTo(rule);
        }
    }

    static List<String> captured() {
        return Fixtures.names("route-", ".hex").stream()
                .filter(name -> !name.startsWith("route-req-"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("captured")
    void aDatagramCutAnywhereIsMalformed(String name) {
        NetlinkMessage whole = Fixtures.message(name);
        for (int length = 1; length < whole.bytes().limit(); length++) {
            ByteBuffer cut = copy(whole, length);
            assertThatThrownBy(() -> NetlinkMessage.split(cut)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("captured")
    void aMessageThatEndsTooEarlyIsMalformedUnlessAnAttributeEndsThere(String name) {
        NetlinkMessage whole = Fixtures.message(name);
        long attributes = whole.attributes(
                        Rtm.TABLE.body(whole.type()).orElseThrow().size())
                .asList()
                .size();
        long passed = 0;
        int ends = 0;
        for (int length = NetlinkMessage.HEADER; length < whole.bytes().limit(); length++) {
            ByteBuffer cut = copy(whole, length);
            cut.putInt(0, length);
            passed += decode(NetlinkMessage.split(cut).get(0)).isPresent() ? 0 : 1;
            ends++;
        }
        // Behind the fixed part and behind each attribute, and up to three bytes further, a message may end.
        assertThat(passed).isLessThanOrEqualTo(Math.min(ends, 4 + 7 * attributes));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void changedBytesAreReadOrMalformedAndNothingElse(String name) {
        NetlinkMessage whole = Fixtures.message(name);
        Random random = new Random(SEED);
        int malformed = 0;
        for (int round = 0; round < 3000; round++) {
            ByteBuffer changed = copy(whole, whole.bytes().limit());
            for (int i = 0; i <= round % 3; i++) {
                int at = NetlinkMessage.HEADER + random.nextInt(changed.limit() - NetlinkMessage.HEADER);
                changed.put(at, (byte) random.nextInt(256));
            }
            malformed += decode(NetlinkMessage.split(changed).get(0)).isPresent() ? 1 : 0;
        }
        assertThat(malformed).as("seed %s", SEED).isPositive();
    }

    /** Anything but {@link MalformedMessageException} fails the test. */
    private static Optional<MalformedMessageException> decode(NetlinkMessage message) {
        try {
            assertThat(Contents.decode(message).toString()).isNotEmpty();
            return Optional.empty();
        } catch (MalformedMessageException e) {
            return Optional.of(e);
        }
    }

    private static ByteBuffer copy(NetlinkMessage message, int length) {
        ByteBuffer copy = ByteBuffer.allocate(length).order(message.bytes().order());
        return copy.put(0, message.bytes(), 0, length);
    }

    private static NetlinkMessage written(String order, int type, Consumer<MessageWriter> body) {
        ByteOrder byteOrder = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        MessageWriter out = new MessageWriter(byteOrder).begin(type, 0, 1, 0);
        body.accept(out);
        return NetlinkMessage.split(out.end().datagram()).get(0);
    }
}

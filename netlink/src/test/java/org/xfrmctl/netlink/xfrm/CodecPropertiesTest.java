package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.RandomValues;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmMsg;

class CodecPropertiesTest {
    private static final int ROUNDS = 60;
    /** A new one each day's run would be better fuzzing and a worse test; Jazzer is for that. */
    private static final long SEED = 20240607;

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void whatAKernelDumpsComesOutAsItWas(String order) {
        RandomValues random = new RandomValues(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            XfrmState state = random.state();
            XfrmPolicy policy = random.policy();
            assertThat(StateCodec.decode(written(order, out -> StateCodec.encodeDump(state, out))))
                    .as("seed %s round %s", SEED, round)
                    .isEqualTo(state);
            assertThat(PolicyCodec.decode(written(order, out -> PolicyCodec.encodeDump(policy, out))))
                    .as("seed %s round %s", SEED, round)
                    .isEqualTo(policy);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void whatAClientAsksForComesOutWithoutWhatOnlyAKernelKnows(String order) {
        RandomValues random = new RandomValues(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            XfrmState state = random.state();
            XfrmPolicy policy = random.policy();
            assertThat(StateCodec.decode(written(order, out -> StateCodec.encodeRequest(state, out))))
                    .as("seed %s round %s", SEED, round)
                    .isEqualTo(state.toBuilder()
                            .current(LifetimeCurrent.NONE)
                            .statistics(StateStatistics.NONE)
                            .options(withoutLastUse(state.options()))
                            .build());
            assertThat(PolicyCodec.decode(written(order, out -> PolicyCodec.encodeRequest(policy, out))))
                    .as("seed %s round %s", SEED, round)
                    .isEqualTo(policy.toBuilder()
                            .current(LifetimeCurrent.NONE)
                            .type(policy.type().filter(type -> type == PolicyType.SUB))
                            .build());
        }
    }

    private static StateOptions withoutLastUse(StateOptions options) {
        return options.withExtras(options.extras().withLastUsed(OptionalLong.empty()));
    }

    static Stream<String> captured() {
        return Stream.of("state-dump-proto50-spi-1002", "state-dump-proto51-spi-1016", "policy-dump-index-8.")
                .flatMap(prefix -> Fixtures.names(prefix, "hex").stream());
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
        int malformed = 0;
        for (int length = NetlinkMessage.HEADER; length < whole.bytes().limit(); length++) {
            ByteBuffer cut = copy(whole, length);
            cut.putInt(0, length);
            malformed += decode(NetlinkMessage.split(cut).get(0)).isPresent() ? 1 : 0;
        }
        // Ends of attributes, and the up to three bytes of padding before each, are all that may pass.
        assertThat(malformed).isGreaterThan(whole.bytes().limit() - NetlinkMessage.HEADER - 4 * 8);
    }

    @ParameterizedTest
    @MethodSource("captured")
    void changedBytesAreReadOrMalformedAndNothingElse(String name) {
        NetlinkMessage whole = Fixtures.message(name);
        Random random = new Random(SEED);
        for (int round = 0; round < 3000; round++) {
            ByteBuffer changed = copy(whole, whole.bytes().limit());
            for (int i = 0; i <= round % 3; i++) {
                int at = NetlinkMessage.HEADER + random.nextInt(changed.limit() - NetlinkMessage.HEADER);
                changed.put(at, (byte) random.nextInt(256));
            }
            decode(NetlinkMessage.split(changed).get(0));
        }
    }

    /** Anything but {@link MalformedMessageException} fails the test. */
    private static Optional<MalformedMessageException> decode(NetlinkMessage message) {
        try {
            if (message.type() == XfrmMsg.NEWSA) {
                assertThat(StateCodec.decode(message)).isNotNull();
            } else {
                assertThat(PolicyCodec.decode(message)).isNotNull();
            }
            return Optional.empty();
        } catch (MalformedMessageException e) {
            return Optional.of(e);
        }
    }

    private static ByteBuffer copy(NetlinkMessage message, int length) {
        ByteBuffer copy = ByteBuffer.allocate(length).order(message.bytes().order());
        return copy.put(0, message.bytes(), 0, length);
    }

    private static NetlinkMessage written(String order, Consumer<MessageWriter> body) {
        ByteOrder byteOrder = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        MessageWriter out = new MessageWriter(byteOrder).begin(XfrmMsg.NEWSA, 0, 1, 0);
        body.accept(out);
        return NetlinkMessage.split(out.end().datagram()).get(0);
    }
}

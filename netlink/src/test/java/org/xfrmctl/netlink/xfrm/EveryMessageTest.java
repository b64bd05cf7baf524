package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.RandomValues;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Every kind of message, as a value, as bytes, and as bytes that are none. */
class EveryMessageTest {
    private static final int ROUNDS = 4000;
    private static final long SEED = 20261125;

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void anEventComesOutAsItWentIn(String order) {
        RandomValues random = new RandomValues(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            XfrmEvent event = random.event(round);
            assertThat(XfrmEvent.decode(written(order, event.type(), event::encode)))
                    .as("seed %s round %s", SEED, round)
                    .isEqualTo(event);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void whatRequestsCarryComesOutAsItWentIn(String order) {
        RandomValues random = new RandomValues(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            requires(order, round, XfrmMsg.ALLOCSPI, random.spiRequest(), SpiRequest::encode, SpiRequest::decode);
            requires(order, round, XfrmMsg.GETAE, random.asyncEvent(), AsyncEvent::encode, AsyncEvent::decode);
            requires(order, round, XfrmMsg.MIGRATE, random.migration(), Migration::encodeRequest, Migration::decode);
            requires(order, round, XfrmMsg.DELSA, random.stateKey(), StateCodec::encodeKey, StateCodec::decodeKey);
            requires(order, round, XfrmMsg.SETDEFAULT, random.defaults(), PolicyCodec::encode, PolicyCodec::defaults);
        }
    }

    private static <T> void requires(
            String order,
            int round,
            int type,
            T value,
            BiConsumer<T, MessageWriter> encode,
            Function<NetlinkMessage, T> decode) {
        assertThat(decode.apply(written(order, type, out -> encode.accept(value, out))))
                .as("seed %s round %s", SEED, round)
                .isEqualTo(value);
    }

    static Stream<String> events() {
        return Fixtures.names("event-", ".hex").stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventCutAnywhereIsReadOrMalformedAndNothingElse(String name) {
        NetlinkMessage captured = Fixtures.message(name);
        for (int length = NetlinkMessage.HEADER; length < captured.bytes().limit(); length++) {
            ByteBuffer cut = copy(captured, length);
            cut.putInt(0, length);
            read(cut);
        }
    }

    /** A byte here and there, a length that lies, a type that is another's. */
    @ParameterizedTest
    @MethodSource("events")
    void aSpoiltEventIsReadOrMalformedAndNothingElse(String name) {
        NetlinkMessage captured = Fixtures.message(name);
        Random random = new Random(SEED);
        for (int round = 0; round < 2000; round++) {
            ByteBuffer spoilt = copy(captured, captured.bytes().limit());
            for (int i = 0; i <= round % 4; i++) {
                int at = 4 + random.nextInt(spoilt.limit() - 4);
                spoilt.put(at, (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(48)));
            }
            if (round % 3 == 0) {
                spoilt.putShort(4, (short) (XfrmMsg.NEWSA + random.nextInt(30)));
            }
            read(spoilt);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "16, 2000", "100, 2000", "300, 4000"})
    void randomBytesAreReadOrMalformedAndNothingElse(int length, int rounds) {
        Random random = new Random(SEED + length);
        for (int round = 0; round < rounds; round++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (length >= NetlinkMessage.HEADER) {
                message.putInt(0, length).putShort(4, (short) (XfrmMsg.NEWSA + random.nextInt(30)));
            }
            read(message);
        }
    }

    /** As a newer kernel might send it: the mark's struct has grown, and what follows is too short for an attribute. */
    @Test
    void whatIsLongerThanWeKnowItSurvives() {
        XfrmState state = new RandomValues(SEED)
                .state().toBuilder().mark(Mark.NONE).options(StateOptions.NONE).build();
        NetlinkMessage grown = written("LITTLE_ENDIAN", XfrmMsg.NEWSA, out -> {
            StateCodec.encodeDump(state, out);
            out.attribute(Xfrma.MARK, new byte[] {1, 0, 0, 0, 3, 0, 0, 0, 9, 9, 9, 9});
            out.trailing(new byte[] {5, 6, 7});
        });
        XfrmState read = StateCodec.decode(grown);
        assertThat(read.mark()).isEqualTo(new Mark(1, 3));
        NetlinkMessage again = written("LITTLE_ENDIAN", XfrmMsg.NEWSA, out -> StateCodec.encodeDump(read, out));
        assertThat(StateCodec.decode(again)).isEqualTo(read);
        assertThat(again.attributes(224).find(Xfrma.MARK).orElseThrow().length())
                .isEqualTo(12);
        assertThat(again.attributes(224).rest()).isEqualTo(ByteBuffer.wrap(new byte[] {5, 6, 7}));
    }

    /** Anything but {@link MalformedMessageException} fails the test; so does a value that does not come out again. */
    private static void read(ByteBuffer bytes) {
        XfrmEvent event;
        try {
            event = XfrmEvent.decode(NetlinkMessage.split(bytes).get(0));
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageContaining("offset");
            return;
        }
        assertThat(event.toString()).isNotEmpty();
        // What such a message may not have is not kept.
        boolean loses = event instanceof XfrmEvent.StateExpired || event instanceof XfrmEvent.PoliciesFlushed;
        if (!loses) {
            assertThat(XfrmEvent.decode(written("LITTLE_ENDIAN", event.type(), event::encode)))
                    .isEqualTo(event);
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

package org.xfrmctl.netlink.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;

/** A fuzzer's bytes as the datagram of a little-endian kernel, and messages written for comparison. */
final class Datagram {
    private Datagram() {}

    static ByteBuffer of(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Hands on each message up to the first that is malformed; no other exception may come. */
    static void each(byte[] bytes, Consumer<NetlinkMessage> reader) {
        try {
            NetlinkMessage.split(of(bytes)).forEach(reader);
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageContaining("offset");
        }
    }

    static NetlinkMessage written(int type, Consumer<MessageWriter> content) {
        MessageWriter out = new MessageWriter(ByteOrder.LITTLE_ENDIAN).begin(type, 0, 1, 0);
        content.accept(out);
        return NetlinkMessage.split(out.end().datagram()).get(0);
    }

    /** What was read, written and read again. */
    static <T> T again(
            NetlinkMessage like, T value, BiConsumer<T, MessageWriter> writer, Function<NetlinkMessage, T> reader) {
        return reader.apply(written(like.type(), out -> writer.accept(value, out)));
    }
}

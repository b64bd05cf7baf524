package org.xfrmctl.netlink.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.MessageText;
import org.xfrmctl.netlink.text.PolicyText;
import org.xfrmctl.netlink.text.StateText;
import org.xfrmctl.netlink.text.TextOptions;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** Any bytes are messages or a {@link MalformedMessageException}; what was read is written, read again and printed. */
class MessageFuzzTest {
    private static final TextOptions TEXT = TextOptions.brief(ZoneOffset.UTC).withStatistics(true);

    @FuzzTest(maxDuration = "1m")
    void split(byte[] bytes) {
        List<NetlinkMessage> messages;
        try {
            messages = NetlinkMessage.split(datagram(bytes));
        } catch (MalformedMessageException refused) {
            return;
        }
        int total = 0;
        for (NetlinkMessage message : messages) {
            total += (message.bytes().limit() + 3) & ~3;
        }
        assertThat(total).isBetween(bytes.length, bytes.length + 3);
    }

    @FuzzTest(maxDuration = "1m")
    void states(byte[] bytes) {
        each(bytes, message -> {
            XfrmState state = StateCodec.decode(message);
            XfrmState again = StateCodec.decode(written(message, out -> StateCodec.encodeDump(state, out)));
            assertThat(sorted(again)).isEqualTo(sorted(state));
            assertThat(StateText.print(state, TEXT)).endsWith("\n");
        });
    }

    @FuzzTest(maxDuration = "1m")
    void policies(byte[] bytes) {
        each(bytes, message -> {
            XfrmPolicy policy = PolicyCodec.decode(message);
            XfrmPolicy again = PolicyCodec.decode(written(message, out -> PolicyCodec.encodeDump(policy, out)));
            assertThat(sorted(again)).isEqualTo(sorted(policy));
            assertThat(PolicyText.print(policy, TEXT)).endsWith("\n");
        });
    }

    @FuzzTest(maxDuration = "1m")
    void events(byte[] bytes) {
        each(bytes, message -> {
            assertIsPrinted(message, TEXT);
            assertIsPrinted(message, TEXT.withKeys(Keys.SHOWN).withOneline(true));
            assertThat(XfrmEvent.decode(message).toString()).isNotEmpty();
        });
    }

    /** Whatever it says: as whole lines, or with a word on why not. */
    private static void assertIsPrinted(NetlinkMessage message, TextOptions options) {
        StringBuilder text = new StringBuilder();
        if (new MessageText(options).print(message, text).isEmpty() && !message.isControl()) {
            assertThat(text).endsWith("\n");
        }
    }

    private static XfrmState sorted(XfrmState state) {
        return state.toBuilder()
                .options(state.options().withOther(sorted(state.options().other())))
                .build();
    }

    private static XfrmPolicy sorted(XfrmPolicy policy) {
        return policy.toBuilder().other(sorted(policy.other())).build();
    }

    /** Attributes that are not interpreted: a dump puts some of them first, whatever order they came in. */
    private static List<RawAttribute> sorted(List<RawAttribute> other) {
        return other.stream()
                .sorted(Comparator.comparingInt(RawAttribute::type))
                .toList();
    }

    private static void each(byte[] bytes, Consumer<NetlinkMessage> decoder) {
        try {
            NetlinkMessage.split(datagram(bytes)).forEach(decoder);
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageContaining("offset");
        }
    }

    private static NetlinkMessage written(NetlinkMessage like, Consumer<MessageWriter> content) {
        MessageWriter out = new MessageWriter(ByteOrder.LITTLE_ENDIAN);
        out.begin(like.type(), like.flags(), like.sequence(), 0);
        content.accept(out);
        out.end();
        return NetlinkMessage.split(out.datagram()).get(0);
    }

    private static ByteBuffer datagram(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

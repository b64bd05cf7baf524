package org.xfrmctl.netlink.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.ZoneOffset;
import java.util.List;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.PolicyText;
import org.xfrmctl.netlink.text.StateText;
import org.xfrmctl.netlink.text.TextOptions;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.AsyncEvent;
import org.xfrmctl.netlink.xfrm.Migration;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.SpiRequest;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** Any bytes are messages or a {@link MalformedMessageException}; what was read is, written and read again, the same. */
class MessageFuzzTest {
    private static final TextOptions TEXT = TextOptions.brief(ZoneOffset.UTC).withStatistics(true);

    @FuzzTest(maxDuration = "1m")
    void split(byte[] bytes) {
        List<NetlinkMessage> messages;
        try {
            messages = NetlinkMessage.split(Datagram.of(bytes));
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
        Datagram.each(bytes, message -> {
            XfrmState state = StateCodec.decode(message);
            XfrmState again = Datagram.again(message, state, StateCodec::encodeDump, StateCodec::decode);
            assertThat(Sorted.of(again)).isEqualTo(Sorted.of(state));
            assertThat(StateText.print(state, TEXT)).endsWith("\n");
        });
    }

    @FuzzTest(maxDuration = "1m")
    void policies(byte[] bytes) {
        Datagram.each(bytes, message -> {
            XfrmPolicy policy = PolicyCodec.decode(message);
            XfrmPolicy again = Datagram.again(message, policy, PolicyCodec::encodeDump, PolicyCodec::decode);
            assertThat(Sorted.of(again)).isEqualTo(Sorted.of(policy));
            assertThat(PolicyText.print(policy, TEXT)).endsWith("\n");
        });
    }

    @FuzzTest(maxDuration = "1m")
    void events(byte[] bytes) {
        Datagram.each(bytes, message -> {
            XfrmEvent event = XfrmEvent.decode(message);
            assertThat(event.toString()).isNotEmpty();
            XfrmEvent again = Datagram.again(message, event, XfrmEvent::encode, XfrmEvent::decode);
            // What such a message may not have is not kept; the second time there is none of it.
            boolean loses = event instanceof XfrmEvent.StateExpired;
            XfrmEvent before = loses ? again : event;
            XfrmEvent after = loses ? Datagram.again(message, again, XfrmEvent::encode, XfrmEvent::decode) : again;
            assertThat(Sorted.of(after)).isEqualTo(Sorted.of(before));
        });
    }

    /** Requests as the other side reads them, and the replies that are no events too. */
    @FuzzTest(maxDuration = "1m")
    void requests(byte[] bytes) {
        Datagram.each(bytes, message -> {
            switch (message.type()) {
                case XfrmMsg.ALLOCSPI -> spiRequest(message);
                case XfrmMsg.GETSA, XfrmMsg.DELSA -> stateKey(message);
                case XfrmMsg.GETPOLICY, XfrmMsg.DELPOLICY -> policyName(message);
                case XfrmMsg.GETAE, XfrmMsg.NEWAE -> {
                    AsyncEvent event = AsyncEvent.decode(message);
                    AsyncEvent again = Datagram.again(message, event, AsyncEvent::encode, AsyncEvent::decode);
                    assertThat(Sorted.of(again)).isEqualTo(Sorted.of(event));
                }
                case XfrmMsg.MIGRATE -> {
                    Migration migration = Migration.decode(message);
                    Migration again = Datagram.again(message, migration, Migration::encodeRequest, Migration::decode);
                    assertThat(Sorted.of(again)).isEqualTo(Sorted.of(migration));
                }
                case XfrmMsg.NEWSADINFO -> {
                    SadInfo info = SadInfo.decode(message);
                    assertThat(Datagram.again(message, info, (value, out) -> value.encode(0, out), SadInfo::decode))
                            .isEqualTo(info);
                }
                case XfrmMsg.NEWSPDINFO -> {
                    SpdInfo info = SpdInfo.decode(message);
                    assertThat(Datagram.again(message, info, (value, out) -> value.encode(0, out), SpdInfo::decode))
                            .isEqualTo(info);
                }
                default -> {
                    // Read as events, states or policies.
                }
            }
        });
    }

    /** Of the state that is wished for only some is said. */
    private static void spiRequest(NetlinkMessage message) {
        SpiRequest request = SpiRequest.decode(message);
        SpiRequest said = Datagram.again(message, request, SpiRequest::encode, SpiRequest::decode);
        assertThat(said.min()).isEqualTo(request.min());
        assertThat(said.max()).isEqualTo(request.max());
        SpiRequest again = Datagram.again(message, said, SpiRequest::encode, SpiRequest::decode);
        assertThat(Sorted.of(again.wanted())).isEqualTo(Sorted.of(said.wanted()));
    }

    /** Of a state that has an SPI the source is not said. */
    private static void stateKey(NetlinkMessage message) {
        StateKey key = StateCodec.decodeKey(message);
        StateKey again = Datagram.again(message, key, StateCodec::encodeKey, StateCodec::decodeKey);
        assertThat(again.id()).isEqualTo(key.id());
        assertThat(again.mark()).isEqualTo(key.mark());
        assertThat(again.source().equals(key.source()) || key.id().protocol().isIpsec())
                .isTrue();
    }

    private static void policyName(NetlinkMessage message) {
        PolicyIndex index = PolicyCodec.decodeIndex(message);
        assertThat(Datagram.again(message, index, PolicyCodec::encodeIndex, PolicyCodec::decodeIndex))
                .isEqualTo(index);
        PolicyKey key = PolicyCodec.decodeKey(message);
        assertThat(Datagram.again(message, key, PolicyCodec::encodeKey, PolicyCodec::decodeKey))
                .isEqualTo(key);
    }
}

package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.netlink.xfrm.CapturedMessagesTest.begin;
import static org.xfrmctl.netlink.xfrm.CapturedMessagesTest.hex;
import static org.xfrmctl.netlink.xfrm.RecordedSession.ABSENT;
import static org.xfrmctl.netlink.xfrm.RecordedSession.ELEVENTH;
import static org.xfrmctl.netlink.xfrm.RecordedSession.FIRST;
import static org.xfrmctl.netlink.xfrm.RecordedSession.FIRST_NUMBERS;
import static org.xfrmctl.netlink.xfrm.RecordedSession.FIRST_POLICY;
import static org.xfrmctl.netlink.xfrm.RecordedSession.FIRST_SOURCE;
import static org.xfrmctl.netlink.xfrm.RecordedSession.GCM;
import static org.xfrmctl.netlink.xfrm.RecordedSession.MIGRATION;
import static org.xfrmctl.netlink.xfrm.RecordedSession.NINTH_POLICY;
import static org.xfrmctl.netlink.xfrm.RecordedSession.SIXTH_POLICY;
import static org.xfrmctl.netlink.xfrm.RecordedSession.TWELFTH;
import static org.xfrmctl.netlink.xfrm.RecordedSession.UP_TO_99_BYTES;
import static org.xfrmctl.netlink.xfrm.RecordedSession.esp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Each request that a real kernel was seen to answer: we write the same bytes for it, and read in it what it says. */
class CapturedRequestsTest {
    private static final int BOTH_THRESHOLDS_AND_MORE = 15;

    /**
     * A captured request.
     *
     * @param request ours for it
     * @param reader how its other side reads it
     * @param value what it then has in hands
     */
    record Captured(String name, Request request, Function<NetlinkMessage, Object> reader, Object value) {
        String file() {
            return "req-" + name + ".txt";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Captured> captured() {
        XfrmState withoutAlgorithm = esp(0x2002).build();
        XfrmState withUnknown = esp(0x2002)
                .algorithms(List.of(new Algorithm.Aead(
                        "foo(bar)", Key.of("k".repeat(20).getBytes(StandardCharsets.US_ASCII)), 128)))
                .build();
        XfrmState withHalfAnAlgorithm = esp(0x2002)
                .options(StateOptions.NONE.withOther(List.of(new RawAttribute(
                        Xfrma.ALG_AEAD, Bytes.of("x".repeat(20).getBytes(StandardCharsets.US_ASCII))))))
                .build();
        XfrmState limited = GCM.toBuilder().limits(UP_TO_99_BYTES).build();
        SpiRequest fixed = new SpiRequest(esp(0).build(), 0x3001, 0x3001);
        AsyncEvent question = new AsyncEvent(
                FIRST, FIRST_SOURCE, Reqid.NONE, BOTH_THRESHOLDS_AND_MORE, Mark.NONE, AsyncEvent.Values.NONE);
        AsyncEvent numbers = new AsyncEvent(
                FIRST,
                FIRST_SOURCE,
                Reqid.NONE,
                0,
                Mark.NONE,
                new AsyncEvent.Values(Optional.of(FIRST_NUMBERS), Optional.empty(), AsyncEvent.Thresholds.UNTOLD));
        DefaultPolicies blockTransit = new DefaultPolicies(2, 1, 2);
        DefaultPolicies acceptAll = new DefaultPolicies(2, 2, 2);
        return List.of(
                state("newsa-gcm", XfrmRequests.addState(GCM), GCM),
                state("newsa-eexist", XfrmRequests.addState(GCM), GCM),
                state("newsa-noalg-extack", XfrmRequests.addState(withoutAlgorithm), withoutAlgorithm),
                state("newsa-unknown-aead-enosys", XfrmRequests.addState(withUnknown), withUnknown),
                new Captured(
                        "newsa-short-attr-erange",
                        XfrmRequests.addState(withHalfAnAlgorithm),
                        CapturedRequestsTest::complaint,
                        "attribute 18 at offset 4: needs 72 bytes, has 20"),
                state("updsa", XfrmRequests.updateState(limited), limited),
                new Captured("allocspi-fixed", XfrmRequests.allocSpi(fixed), SpiRequest::decode, fixed),
                key(
                        "delsa",
                        XfrmRequests.deleteState(StateKey.of(GCM.id(), Mark.NONE)),
                        StateKey.of(GCM.id(), Mark.NONE)),
                key("getsa-esn", XfrmRequests.getState(ELEVENTH), ELEVENTH),
                key("getsa-missing-esrch", XfrmRequests.getState(ABSENT), ABSENT),
                event(
                        "expire-soft",
                        XfrmRequests.expireState(TWELFTH, false),
                        new XfrmEvent.StateExpired(TWELFTH, false)),
                event(
                        "expire-hard",
                        XfrmRequests.expireState(TWELFTH, true),
                        new XfrmEvent.StateExpired(TWELFTH, true)),
                new Captured("getae", XfrmRequests.getAsyncEvent(question), AsyncEvent::decode, question),
                new Captured("newae", XfrmRequests.setAsyncEvent(numbers), AsyncEvent::decode, numbers),
                new Captured("updpolicy", XfrmRequests.updatePolicy(FIRST_POLICY), PolicyCodec::decode, FIRST_POLICY),
                new Captured(
                        "delpolicy-sel",
                        XfrmRequests.deletePolicy(FIRST_POLICY.key()),
                        PolicyCodec::decodeKey,
                        FIRST_POLICY.key()),
                index("delpolicy-index", XfrmRequests.deletePolicy(NINTH_POLICY)),
                index("delpolicy-enoent", XfrmRequests.deletePolicy(NINTH_POLICY)),
                index("getpolicy-index", XfrmRequests.getPolicy(NINTH_POLICY)),
                event(
                        "polexpire-hard",
                        XfrmRequests.expirePolicy(SIXTH_POLICY, true),
                        new XfrmEvent.PolicyExpired(SIXTH_POLICY, true)),
                event("migrate", XfrmRequests.migrate(MIGRATION), new XfrmEvent.Migrated(MIGRATION)),
                all("getsadinfo", XfrmRequests.countStates()),
                all("getspdinfo", XfrmRequests.countPolicies()),
                defaults("getdefault", XfrmRequests.getDefaults(), new DefaultPolicies(0, 0, 0)),
                defaults("setdefault", XfrmRequests.setDefaults(blockTransit), blockTransit),
                defaults("setdefault-back", XfrmRequests.setDefaults(acceptAll), acceptAll));
    }

    private static Captured state(String name, Request request, XfrmState value) {
        return new Captured(name, request, StateCodec::decode, value);
    }

    private static Captured key(String name, Request request, StateKey value) {
        return new Captured(name, request, StateCodec::decodeKey, value);
    }

    private static Captured event(String name, Request request, XfrmEvent value) {
        return new Captured(name, request, XfrmEvent::decode, value);
    }

    private static Captured index(String name, Request request) {
        return new Captured(name, request, PolicyCodec::decodeIndex, NINTH_POLICY);
    }

    private static Captured defaults(String name, Request request, DefaultPolicies value) {
        return new Captured(name, request, PolicyCodec::defaults, value);
    }

    private static Captured all(String name, Request request) {
        return new Captured(name, request, message -> message.bytes().getInt(NetlinkMessage.HEADER), -1);
    }

    private static String complaint(NetlinkMessage message) {
        try {
            return StateCodec.decode(message).toString();
        } catch (MalformedMessageException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captured")
    void weWriteTheSame(Captured captured) {
        NetlinkMessage message = Fixtures.message(captured.file(), "request");
        assertThat(captured.request().type()).isEqualTo(message.type());
        int requestAndAck = 5;
        assertThat(captured.request().flags() | requestAndAck).isEqualTo(message.flags());
        MessageWriter out = begin(message);
        captured.request().body().accept(out);
        assertThat(hex(out.end().datagram())).isEqualTo(hex(message.bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captured")
    void weReadWhatItSays(Captured captured) {
        assertThat(captured.reader().apply(Fixtures.message(captured.file(), "request")))
                .isEqualTo(captured.value());
    }

    @Test
    void noneIsLeftOut() {
        assertThat(captured().stream().map(Captured::file))
                .containsExactlyInAnyOrderElementsOf(Fixtures.names("req-", ""));
    }
}

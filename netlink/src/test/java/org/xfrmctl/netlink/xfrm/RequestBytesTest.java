package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.netlink.xfrm.CapturedMessagesTest.begin;
import static org.xfrmctl.netlink.xfrm.CapturedMessagesTest.hex;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Requests as this program writes them against those that a real kernel was seen to answer. */
class RequestBytesTest {
    private static final IpAddress HERE = IpAddress.parse("192.0.2.50");
    private static final SaId ID = new SaId(IpAddress.parse("192.0.2.51"), new Spi(0x2001), IpProtocol.ESP);
    private static final XfrmState GCM = XfrmState.builder(ID, HERE)
            .selector(Selector.any(Family.UNSPEC))
            .mode(Mode.TUNNEL)
            .reqid(new Reqid(1))
            .replay(new ReplayState.Basic(32, 0, 0, 0))
            .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", countingKey(20), 128)))
            .build();
    private static final Selector SELECTOR =
            Selector.between(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("10.2.0.0/16"));

    static Stream<Arguments> captured() {
        LifetimeLimits bytes99 = new LifetimeLimits(new Limit(-1, 99), Limit.INFINITE, Limit.NEVER, Limit.NEVER);
        XfrmPolicy policy = XfrmPolicy.builder(SELECTOR, Direction.OUT)
                .priority(101)
                .templates(List.of(Template.tunnel(
                        IpAddress.parse("192.0.2.1"),
                        IpAddress.parse("192.0.2.2"),
                        IpProtocol.ESP,
                        new Reqid(1),
                        Level.REQUIRED)))
                .build();
        Map<String, Request> requests = Map.of(
                "req-newsa-gcm.txt", XfrmRequests.addState(GCM),
                "req-newsa-eexist.txt", XfrmRequests.addState(GCM),
                "req-newsa-noalg-extack.txt",
                        XfrmRequests.addState(
                                XfrmState.builder(new SaId(ID.destination(), new Spi(0x2002), IpProtocol.ESP), HERE)
                                        .selector(Selector.any(Family.UNSPEC))
                                        .mode(Mode.TUNNEL)
                                        .reqid(new Reqid(1))
                                        .build()),
                "req-delsa.txt", XfrmRequests.deleteState(StateKey.of(ID, Mark.NONE)),
                "req-getsa-esn.txt",
                        XfrmRequests.getState(StateKey.of(
                                new SaId(IpAddress.parse("192.0.2.11"), new Spi(0x1011), IpProtocol.ESP), Mark.NONE)),
                "req-getsadinfo.txt", XfrmRequests.countStates(),
                "req-getspdinfo.txt", XfrmRequests.countPolicies(),
                "req-updpolicy.txt", XfrmRequests.updatePolicy(policy),
                "req-delpolicy-sel.txt", XfrmRequests.deletePolicy(policy.key()));
        return Stream.concat(
                Stream.of(Arguments.of(
                        "req-updsa.txt",
                        XfrmRequests.updateState(GCM.toBuilder().limits(bytes99).build()))),
                requests.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captured")
    void requestsAreWhatTheKernelAnswered(String name, Request request) {
        NetlinkMessage captured = Fixtures.message(name, "request");
        assertThat(captured.type()).isEqualTo(request.type());
        MessageWriter out = begin(captured);
        request.body().accept(out);
        assertThat(hex(out.end().datagram())).isEqualTo(hex(captured.bytes()));
    }

    @Test
    void integrityIsSentOnceAsItIsWanted() {
        Algorithm cipher = new Algorithm.Encryption("cbc(aes)", countingKey(16));
        Algorithm byDefault = new Algorithm.Authentication("hmac(sha1)", countingKey(20), 0);
        Algorithm stated = new Algorithm.Authentication("hmac(sha256)", countingKey(32), 128);
        assertThat(types(GCM.toBuilder().algorithms(List.of(byDefault, cipher)).build()))
                .containsExactly(Xfrma.ALG_AUTH, Xfrma.ALG_CRYPT);
        assertThat(types(GCM.toBuilder().algorithms(List.of(cipher, stated)).build()))
                .containsExactly(Xfrma.ALG_AUTH_TRUNC, Xfrma.ALG_CRYPT);
    }

    @Test
    void sequenceNumbersAreSentOnlyIfTheySaySomething() {
        assertThat(types(GCM)).containsExactly(Xfrma.ALG_AEAD);
        assertThat(types(GCM.toBuilder()
                        .replay(new ReplayState.Basic(32, 7, 0, 0))
                        .build()))
                .containsExactly(Xfrma.ALG_AEAD, Xfrma.REPLAY_VAL);
        assertThat(types(GCM.toBuilder()
                        .replay(new ReplayState.Extended(64, 0, 0, List.of(0, 0)))
                        .build()))
                .containsExactly(Xfrma.ALG_AEAD, Xfrma.REPLAY_ESN_VAL);
    }

    @Test
    void anExtendedWindowLeavesTheLegacyOneEmpty() {
        NetlinkMessage sent = written(XfrmRequests.addState(GCM.toBuilder()
                .replay(new ReplayState.Extended(64, 0, 0, List.of(0, 0)))
                .build()));
        assertThat(sent.body(XfrmUsersaInfo.CODEC).replayWindow()).isZero();
    }

    @Test
    void aMarkWithoutMaskIsNotSent() {
        assertThat(types(GCM.toBuilder().mark(new Mark(5, 0)).build())).doesNotContain(Xfrma.MARK);
        assertThat(types(GCM.toBuilder().mark(new Mark(0, 0xff)).build())).contains(Xfrma.MARK);
    }

    @Test
    void aPolicysKeyNamesTypeMarkAndInterface() {
        PolicyKey key = new PolicyKey(Direction.IN, PolicyType.SUB, SELECTOR, new Mark(1, 1), new IfId(9));
        assertThat(written(XfrmRequests.deletePolicy(key)).attributes(64).asList())
                .extracting(Attribute::type)
                .containsExactly(Xfrma.POLICY_TYPE, Xfrma.MARK, Xfrma.IF_ID);
    }

    @Test
    void descriptionsNameTheObjectAndNeverAKey() {
        assertThat(XfrmRequests.addState(GCM).toString())
                .isEqualTo("add state src 192.0.2.50 dst 192.0.2.51 proto esp spi 0x00002001 reqid 1 mode tunnel");
        assertThat(XfrmRequests.deleteState(StateKey.of(ID, new Mark(1, 3))).toString())
                .isEqualTo("delete state dst 192.0.2.51 proto esp spi 0x00002001 mark 0x1/0x3");
    }

    private static List<Integer> types(XfrmState state) {
        return written(XfrmRequests.addState(state)).attributes(224).asList().stream()
                .map(Attribute::type)
                .toList();
    }

    private static NetlinkMessage written(Request request) {
        MessageWriter out = new MessageWriter().begin(request.type(), 0, 1, 0);
        request.body().accept(out);
        return NetlinkMessage.split(out.end().datagram()).get(0);
    }

    static Key countingKey(int length) {
        byte[] material = new byte[length];
        for (int i = 0; i < length; i++) {
            material[i] = (byte) (i + 1);
        }
        return Key.of(material);
    }
}

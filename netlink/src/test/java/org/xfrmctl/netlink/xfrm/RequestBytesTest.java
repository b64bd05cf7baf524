package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.netlink.xfrm.RecordedSession.FIRST_POLICY;
import static org.xfrmctl.netlink.xfrm.RecordedSession.GCM;
import static org.xfrmctl.netlink.xfrm.RecordedSession.countingKey;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** What a request says, what it leaves out because it is so anyway, and what it is called. */
class RequestBytesTest {
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
        PolicyKey key =
                new PolicyKey(Direction.IN, PolicyType.SUB, FIRST_POLICY.selector(), new Mark(1, 1), new IfId(9));
        assertThat(written(XfrmRequests.deletePolicy(key)).attributes(64).asList())
                .extracting(Attribute::type)
                .containsExactly(Xfrma.POLICY_TYPE, Xfrma.MARK, Xfrma.IF_ID);
    }

    @Test
    void descriptionsNameTheObjectAndNeverAKey() {
        assertThat(XfrmRequests.addState(GCM).toString())
                .isEqualTo("add state src 192.0.2.50 dst 192.0.2.51 proto esp spi 0x00002001 reqid 1 mode tunnel");
        assertThat(XfrmRequests.deleteState(StateKey.of(GCM.id(), new Mark(1, 3)))
                        .toString())
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
}

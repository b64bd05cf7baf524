package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.netlink.xfrm.CapturedMessagesTest.begin;
import static org.xfrmctl.netlink.xfrm.CapturedMessagesTest.hex;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmUserExpire;
import org.xfrmctl.netlink.uapi.XfrmUserPolexpire;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Events that carry a state or policy in their own way, written as a kernel was seen to. */
class EventBytesTest {

    @ParameterizedTest
    @CsvSource({"event-02-delsa.hex"})
    void deletedStates(String name) {
        NetlinkMessage captured = Fixtures.message(name);
        var attributes = captured.attributes(XfrmUsersaId.CODEC.size());
        XfrmState state =
                StateCodec.decode(attributes.find(Xfrma.SA).orElseThrow().struct(XfrmUsersaInfo.CODEC), attributes);
        MessageWriter out = begin(captured);
        StateCodec.encodeDeleted(state, out);
        assertThat(hex(out.end().datagram())).isEqualTo(hex(captured.bytes()));
    }

    @ParameterizedTest
    @CsvSource({"event-09-expire.hex", "event-10-expire.hex"})
    void expiredStates(String name) {
        NetlinkMessage captured = Fixtures.message(name);
        XfrmUserExpire raw = captured.body(XfrmUserExpire.CODEC);
        XfrmState state = StateCodec.decode(raw.state(), captured.attributes(XfrmUserExpire.CODEC.size()));
        MessageWriter out = begin(captured);
        StateCodec.encodeExpired(state, raw.hard() != 0, out);
        assertThat(hex(out.end().datagram())).isEqualTo(hex(captured.bytes()));
    }

    @ParameterizedTest
    @CsvSource({"event-07-delpolicy.hex, false", "event-08-delpolicy.hex, true"})
    void deletedPolicies(String name, boolean byIndex) {
        NetlinkMessage captured = Fixtures.message(name);
        var attributes = captured.attributes(XfrmUserpolicyId.CODEC.size());
        XfrmPolicy policy = PolicyCodec.decode(
                attributes.find(Xfrma.POLICY).orElseThrow().struct(XfrmUserpolicyInfo.CODEC), attributes);
        MessageWriter out = begin(captured);
        PolicyCodec.encodeDeleted(policy, byIndex ? policy.index() : 0, out);
        assertThat(hex(out.end().datagram())).isEqualTo(hex(captured.bytes()));
    }

    @ParameterizedTest
    @CsvSource({"event-11-polexpire.hex"})
    void expiredPolicies(String name) {
        NetlinkMessage captured = Fixtures.message(name);
        XfrmUserPolexpire raw = captured.body(XfrmUserPolexpire.CODEC);
        XfrmPolicy policy = PolicyCodec.decode(raw.pol(), captured.attributes(XfrmUserPolexpire.CODEC.size()));
        MessageWriter out = begin(captured);
        PolicyCodec.encodeExpired(policy, raw.hard() != 0, out);
        assertThat(hex(out.end().datagram())).isEqualTo(hex(captured.bytes()));
    }
}

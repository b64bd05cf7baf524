package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.netlink.xfrm.CapturedMessagesTest.begin;

import org.junit.jupiter.api.Test;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.SpdInfo.Counts;
import org.xfrmctl.netlink.xfrm.SpdInfo.Hash;
import org.xfrmctl.netlink.xfrm.SpdInfo.Threshold;

class CountsTest {
    @Test
    void statesAreCounted() {
        NetlinkMessage captured = Fixtures.message("req-getsadinfo.txt", "reply");
        SadInfo info = SadInfo.decode(captured);
        assertThat(info).isEqualTo(new SadInfo(20, 32, 1048576));
        MessageWriter out = begin(captured);
        info.encode(-1, out);
        assertThat(out.end().datagram()).isEqualTo(captured.bytes());
    }

    @Test
    void policiesAreCounted() {
        NetlinkMessage captured = Fixtures.message("req-getspdinfo.txt", "reply");
        SpdInfo info = SpdInfo.decode(captured);
        assertThat(info)
                .isEqualTo(new SpdInfo(
                        new Counts(2, 9, 1),
                        new Counts(0, 0, 0),
                        new Hash(15, 1048576, new Threshold(32, 32), new Threshold(128, 128))));
        MessageWriter out = begin(captured);
        info.encode(-1, out);
        assertThat(out.end().datagram()).isEqualTo(captured.bytes());
    }
}

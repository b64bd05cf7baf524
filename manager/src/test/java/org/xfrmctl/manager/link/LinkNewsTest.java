package org.xfrmctl.manager.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Ifinfomsg;
import org.xfrmctl.netlink.uapi.Ifla;
import org.xfrmctl.netlink.uapi.Rtm;

/** Which links have lost their routes. */
class LinkNewsTest {
    private static final int UP = 1;
    private static final int BROADCAST = 1 << 1;
    private static final int RUNNING = 1 << 6;

    private static NetlinkMessage news(int type, int flags) {
        MessageWriter news = new MessageWriter();
        news.begin(type, 0, 0, 0);
        news.body(Ifinfomsg.CODEC, new Ifinfomsg((byte) 0, (short) 1, 2, flags, 0));
        news.attribute(Ifla.IFNAME, "wan\0".getBytes(StandardCharsets.US_ASCII));
        return NetlinkMessage.split(news.end().datagram()).get(0);
    }

    @Test
    void aLinkIsDownThatWasSetDownOrHasGone() {
        assertThat(LinkNews.down(news(Rtm.NEWLINK, BROADCAST))).contains("wan");
        assertThat(LinkNews.down(news(Rtm.DELLINK, UP | BROADCAST))).contains("wan");
    }

    @Test
    void aLinkIsNotDownThatIsUpOrWaitsForItsCarrier() {
        assertThat(LinkNews.down(news(Rtm.NEWLINK, UP | BROADCAST | RUNNING))).isEmpty();
        assertThat(LinkNews.down(news(Rtm.NEWLINK, UP | BROADCAST))).isEmpty();
        assertThat(LinkNews.down(news(Rtm.NEWADDR, 0))).isEmpty();
    }
}

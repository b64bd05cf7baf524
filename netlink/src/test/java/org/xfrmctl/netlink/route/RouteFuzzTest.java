package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Rtm;

/** Any bytes are links, addresses, routes and rules, or a {@link MalformedMessageException}. */
class RouteFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void messages(byte[] bytes) {
        try {
            for (NetlinkMessage message :
                    NetlinkMessage.split(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN))) {
                switch (message.type()) {
                    case Rtm.NEWLINK, Rtm.NEWADDR, Rtm.NEWROUTE, Rtm.NEWRULE ->
                        assertThat(Contents.decode(message).toString()).isNotEmpty();
                    default -> {
                        // Requests and control messages, which nobody reads here.
                    }
                }
            }
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageContaining("offset");
        }
    }
}

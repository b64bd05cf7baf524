package org.xfrmctl.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What of ping's words is a loss. */
class PingStreamTest {
    private static String reply(int number) {
        return "608 bytes from 10.1.0.10: icmp_seq=" + number + " ttl=63 time=1.25 ms\n";
    }

    private static PingStream.End end(String replies) {
        return PingStream.end(
                "PING 10.1.0.10 (10.1.0.10) 600(628) bytes of data.\n" + replies
                        + "\n--- 10.1.0.10 ping statistics ---\n3 packets transmitted, 2 received, 33.3% packet loss, time 402ms\n");
    }

    @Test
    void theLastRequestMayBeUnderWay() {
        assertThat(end(reply(1) + reply(2))).isEqualTo(new PingStream.End(3, 2, 0));
        assertThat(end(reply(2) + reply(1) + reply(3))).isEqualTo(new PingStream.End(3, 3, 0));
    }

    @Test
    void oneBeforeItIsLost() {
        assertThat(end(reply(1) + reply(3))).isEqualTo(new PingStream.End(3, 2, 1));
        assertThat(end(reply(1) + "From 10.1.0.1 icmp_seq=2 Destination Host Unreachable\n"))
                .isEqualTo(new PingStream.End(3, 1, 1));
    }

    @Test
    void aReplyThatCameTwiceStandsForNoOther() {
        assertThat(end(reply(1) + reply(1).replace(" ms", " ms (DUP!)") + reply(3)))
                .isEqualTo(new PingStream.End(3, 2, 1));
    }
}

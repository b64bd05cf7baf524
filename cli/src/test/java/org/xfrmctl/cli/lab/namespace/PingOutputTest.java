package org.xfrmctl.cli.lab.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs of iputils 20221126. */
class PingOutputTest {
    @Test
    void anAnswer() {
        String text = """
                PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
                64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.156 ms

                --- 127.0.0.1 ping statistics ---
                1 packets transmitted, 1 received, 0% packet loss, time 0ms
                rtt min/avg/max/mdev = 0.156/0.156/0.156/0.000 ms
                """;

        assertThat(PingOutput.parse(text)).isEqualTo(new PingOutput(true, Optional.empty()));
    }

    @Test
    void anErrorFromFarAwayIsALostReply() {
        String text = """
                PING 10.2.2.2 (10.2.2.2) 56(84) bytes of data.
                From 10.2.2.1 icmp_seq=1 Destination Host Unreachable

                --- 10.2.2.2 ping statistics ---
                1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms

                """;

        assertThat(PingOutput.parse(text)).isEqualTo(new PingOutput(false, Optional.empty()));
    }

    @Test
    void aPacketThatDoesNotFitIsNotSent() {
        String text = """
                PING 10.1.1.1 (10.1.1.1) 2000(2028) bytes of data.
                ping: local error: message too long, mtu=1500

                --- 10.1.1.1 ping statistics ---
                1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms

                """;

        assertThat(PingOutput.parse(text)).isEqualTo(new PingOutput(false, Optional.of("Message too long")));
    }

    @ParameterizedTest
    @CsvSource({
        "ping: connect: Network is unreachable, Network is unreachable",
        "ping: connect: Operation not permitted, Operation not permitted",
        "ping: sendmsg: Message too long, Message too long",
        "ping: bind: Cannot assign requested address, Cannot assign requested address",
    })
    void withoutASummaryTheComplaintIsTheReason(String text, String reason) {
        assertThat(PingOutput.parse(text + "\n")).isEqualTo(new PingOutput(false, Optional.of(reason)));
    }

    @Test
    void aWarningIsNoError() {
        String text = """
                ping: Warning: source address might be selected on device other than: wan
                1 packets transmitted, 1 received, 0% packet loss, time 0ms
                """;

        assertThat(PingOutput.parse(text)).isEqualTo(new PingOutput(true, Optional.empty()));
    }
}

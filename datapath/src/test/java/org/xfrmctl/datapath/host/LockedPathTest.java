package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;

/**
 * A router says that its link takes 400 bytes, less than {@code net.ipv4.route.min_pmtu}. As tcpdump saw it on Linux 6.1, for
 * {@code ping} and for TCP: 552 are learnt, and until they are forgotten nothing has DF that need not.
 */
class LockedPathTest {
    private final Gateways gateways = Gateways.withAlice(400);

    private int received(int size) {
        return gateways.carol.ping(PingOptions.of(ip("10.1.0.10"), size)).received();
    }

    /** Of the packets that carol has sent since the n-th on the link, as {@code 552+300 DF}. */
    private List<String> sentSince(int seen) {
        return gateways.onWan.subList(seen, gateways.onWan.size()).stream()
                .map(bytes -> Ipv4Header.read(PacketBuffer.of(bytes), 0).orElseThrow())
                .filter(header -> header.source().equals(ip("192.168.0.100")))
                .map(header -> header.totalLength() + (header.dontFragment() ? " DF" : ""))
                .toList();
    }

    private void lock() {
        assertThat(received(800)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"100, 128", "372, 400", "373, 401", "524, 552", "525, 548+25", "800, 548+300"})
    void whatIsLockedHasNoDf(int size, String expected) {
        lock();
        int seen = gateways.onWan.size();

        assertThat(received(size)).isOne();
        assertThat(String.join("+", sentSince(seen))).isEqualTo(expected);
    }

    @Test
    void untilThenItHas() {
        assertThat(received(100)).isOne();
        assertThat(sentSince(0)).containsExactly("128 DF");
        lock();
        gateways.clock.advance(600);
        int seen = gateways.onWan.size();
        assertThat(received(100)).isOne();
        assertThat(sentSince(seen)).containsExactly("128 DF");
    }

    /** {@code ping -M do}: what is asked for is done. */
    @Test
    void whoInsistsIsToldAgain() {
        lock();
        EchoPath path = new EchoPath(Optional.empty(), ip("10.1.0.10"), 0, false);
        try (EchoSounder sounder = gateways.carol.openSounder(path)) {
            assertThat(sounder.sound(552, () -> false)).isEqualTo(new Heard.TooBig(ip("192.168.0.1"), 400));
            assertThat(sounder.sound(553, () -> false)).isEqualTo(new Heard.Refused(552));
        }
    }

    /** Its segments of 552 bytes are more than the link takes. */
    @Test
    void aFileArrivesInPieces() {
        TransferOutcome outcome = Transfer.run(
                gateways.network, gateways.carol, gateways.alice, new TransferOptions(ip("10.1.0.10"), 20_000));
        assertThat(outcome.received()).isEqualTo(20_000);
        lock();
        int seen = gateways.onWan.size();
        outcome = Transfer.run(
                gateways.network, gateways.carol, gateways.alice, new TransferOptions(ip("10.1.0.10"), 20_000));
        assertThat(outcome.received()).isEqualTo(20_000);
        assertThat(sentSince(seen)).noneMatch(sent -> sent.endsWith("DF"));
    }
}

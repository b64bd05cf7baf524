package org.xfrmctl.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.model.IpAddress;

/** A host whose only device is a UDP socket to nobody. */
@Timeout(20)
class DaemonHostTest {
    private static final IpAddress SILENT = IpAddress.parse("192.0.2.2");
    private static final IpAddress NOWHERE = IpAddress.parse("203.0.113.1");

    /** The long one would take a thousand seconds. */
    @Test
    void nobodyWaitsForTheEndOfALongPing() throws Exception {
        DaemonHost host = new DaemonHost(List.of(toNobody()), List.of(), false, new SecureRandom(), line -> {});
        Thread mover = new Thread(host::run, "packets");
        mover.start();
        CompletableFuture<RuntimeException> ended = new CompletableFuture<>();
        Thread patient = new Thread(() -> {
            try {
                host.ping(PingOptions.of(SILENT, 56).withCount(1000));
            } catch (RuntimeException e) {
                ended.complete(e);
            }
        });
        patient.start();
        while (patient.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        PingOutcome other = host.ping(PingOptions.of(NOWHERE, 56));
        assertThat(other.error()).contains("Network is unreachable");
        assertThat(patient.isAlive()).isTrue();
        host.stop();
        mover.join();
        assertThat(ended.join()).hasMessageContaining("has stopped moving packets");
        patient.join();
    }

    private static DeviceSpec toNobody() throws Exception {
        try (DatagramSocket own = new DatagramSocket(0);
                DatagramSocket other = new DatagramSocket(0)) {
            return DeviceSpec.parse("udp,local=127.0.0.1:" + own.getLocalPort() + ",remote=127.0.0.1:"
                    + other.getLocalPort() + ",peer=" + SILENT + ",address=192.0.2.1/24");
        }
    }
}

package org.xfrmctl.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab of namespaces on a real kernel, with a compressing tunnel in it. One boot serves all tests. */
class NamespaceLaboratoryIT {
    private static final int ETHERNET = 14;

    @TempDir
    private static Path results;

    private static GuestRun run;

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        run = RealKernel.userModeLinux()
                .run(
                        GuestJava.command(IpcompLabProof.class, List.of(results.toString())),
                        results,
                        Duration.ofMinutes(5));
        assertThat(run.exitStatus()).as(run.console()).isZero();
    }

    @Test
    void packetsOfAnySizePassTheTunnel() {
        assertThat(run.stdout())
                .contains("IPv4 56: PingOutcome[sent=2, received=2, error=Optional.empty]")
                .contains("IPv4 8184: PingOutcome[sent=2, received=2, error=Optional.empty]")
                .contains("IPv6 56: PingOutcome[sent=2, received=2, error=Optional.empty]");
    }

    @Test
    void theFirstLargeReplyOverIpv6IsLostToPacketTooBig() {
        // Alice fragments at her own MTU first; moon's refusal tells her the tunnel's.
        assertThat(run.stdout()).contains("IPv6 8184: PingOutcome[sent=2, received=1, error=Optional.empty]");
    }

    @Test
    void whatTheKernelRefusesToSendIsToldFromWhatIsLost() {
        assertThat(run.stdout())
                .contains("IPv4 8184 unfragmented: PingOutcome[sent=0, received=0, error=Optional[Message too long]]")
                .contains("blocked: PingOutcome[sent=0, received=0, error=Optional[Operation not permitted]]")
                .contains("blocked, bound: PingOutcome[sent=0, received=0, error=Optional[Operation not permitted]]")
                .contains("no route: PingOutcome[sent=0, received=0, error=Optional[Network is unreachable]]");
    }

    @Test
    void theOutboundStatesCountEachRequest() {
        // 2 small and 2 large requests over IPv4, each one packet; over IPv6 a large one is six.
        assertThat(run.stdout())
                .contains("state to 192.168.0.1 esp: 4 packets")
                .contains("state to 192.168.0.1 comp: 4 packets")
                .contains("state to fec0::1 esp: 14 packets");
    }

    @Test
    void aCaptureHoldsWhatCrossedTheLinkAndNothingElse() throws IOException {
        List<Integer> wan = protocols(results.resolve("wan.pcap"));
        List<Integer> lan = protocols(results.resolve("lan.pcap"));

        assertThat(wan).isNotEmpty().containsOnly(50);
        assertThat(lan).isNotEmpty().containsOnly(1, 58, 44);
        // IPv4: 2 small requests and replies, 2 large requests of 6 fragments on the LAN, and their replies.
        assertThat(lan.stream().filter(each -> each == 1)).hasSize(4 + 12 + 12);
        // IPv4: 4 requests, 2 small replies, 12 fragments of replies. IPv6: 14 requests, 2 small replies, 6 fragments
        // of the second large reply and the last fragment of the first, which was small enough.
        assertThat(wan).hasSize(18 + 14 + 2 + 6 + 1);
    }

    @Test
    void labsStandSideBySideAndLeaveNothing() {
        assertThat(run.stdout())
                .contains("the twin lab: PingOutcome[sent=2, received=2, error=Optional.empty]")
                .contains("a route by way of nowhere: Optional[Error: Nexthop has invalid gateway.]")
                .endsWith("namespaces left: \n");
    }

    /** The protocol or next header of each packet in a pcap file of Ethernet frames. */
    private static List<Integer> protocols(Path pcap) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(pcap)).order(ByteOrder.nativeOrder());
        List<Integer> protocols = new ArrayList<>();
        file.position(24);
        while (file.hasRemaining()) {
            int length = file.getInt(file.position() + 8);
            int packet = file.position() + 16 + ETHERNET;
            boolean isIpv4 = file.get(packet) >>> 4 == 4;
            protocols.add(Byte.toUnsignedInt(file.get(packet + (isIpv4 ? 9 : 6))));
            file.position(file.position() + 16 + length);
        }
        return protocols;
    }
}

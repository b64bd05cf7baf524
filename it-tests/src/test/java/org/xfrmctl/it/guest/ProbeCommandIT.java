package org.xfrmctl.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code xfrmctl mtu probe} on a real kernel whose filters refuse long packets; PathProbeIT has what is too long for links. One
 * boot of QEMU's kernel serves all, for User Mode Linux has no tables of IP packets.
 */
class ProbeCommandIT {
    @TempDir
    private static Path results;

    private static Transcript seen = new Transcript("");

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        RealKernel.requireOrSkip(
                Stream.of("/usr/sbin/nft", "/sbin/nft").map(Path::of).anyMatch(Files::isExecutable), "nftables");
        GuestRun run = RealKernel.qemu()
                .run(GuestJava.command(ProbeCommandProof.class, List.of()), results, Duration.ofMinutes(15));
        assertThat(run.exitStatus()).as(run.console() + run.stdout()).isZero();
        seen = new Transcript(run.stdout());
    }

    @Test
    void withoutFiltersAllPasses() {
        assertThat(seen.after("mtu probe --to 10.2.0.10", 1))
                .contains("whole: packets of up to 1500 bytes pass\n")
                .endsWith("= 0\n");
    }

    /** Linux limits such errors to one a second: the other tries hear nothing. */
    @Test
    void aRouterThatRefusesLongPacketsIsToldOf() {
        assertThat(seen.after("mtu probe --to 10.2.0.10", 2))
                .contains(
                        "refused: packets of more than 1300 bytes do not pass",
                        "  of 1301 bytes: error from 10.1.0.1: ",
                        "> look at who says so")
                .endsWith("= 1\n");
        assertThat(seen.after("mtu probe --to 10.2.0.10 --json", 1))
                .contains("\"verdict\" : \"refused\"", "\"passes\" : 1300", "\"heard\" : \"undelivered\"");
    }

    @Test
    void aHostThatDropsItsOwnLongPacketsIsToldSo() {
        assertThat(seen.after("mtu probe --to 10.2.0.10", 3))
                .contains(
                        "refused: packets of more than 1300 bytes do not pass",
                        "  of 1301 bytes: not sent: Operation not permitted\n",
                        "> look for a rule of this host")
                .endsWith("= 1\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.1.0.255      | 10.1.0.255 is a broadcast address
            255.255.255.255 | 255.255.255.255 is a broadcast address
            224.0.0.1       | 224.0.0.1 is a multicast address
            127.0.0.1       | 127.0.0.1 is an address of this host
            0.0.0.0         | 0.0.0.0 is nobody's address
            10.1.0.10       | 10.1.0.10 is an address of this host
            """)
    void onlyOneOtherHostIsAsked(String to, String problem) {
        assertThat(seen.after("mtu probe --to " + to, 1))
                .contains("xfrmctl: " + problem, "\n  name one host behind the tunnel\n")
                .endsWith("= 1\n");
    }

    @Test
    void aForeignAddressIsNoSource() {
        assertThat(seen.after("mtu probe --to 10.2.0.10 --from 10.9.9.9", 1))
                .contains("xfrmctl: this host has no address 10.9.9.9\n");
    }
}

package org.xfrmctl.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Xfrm interfaces on a kernel that has them. One boot serves all tests. */
class XfrmInterfaceIT {
    @TempDir
    private static Path results;

    private static GuestRun run;

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        run = RealKernel.qemu()
                .run(GuestJava.command(XfrmInterfaceProof.class, List.of()), results, Duration.ofMinutes(5));
        assertThat(run.exitStatus()).as(run.console() + run.stdout()).isZero();
    }

    @Test
    void whatIsMadeIsWhatIpShows() {
        assertThat(run.stdout())
                .contains("ipsec0: Xfrm[ifId=0x2a, collectsMetadata=false] on OptionalInt[1]\n")
                .containsPattern("ip shows: .* ipsec0@lo: .* xfrm if_id 0x2a ")
                .contains("ipsec1: Xfrm[ifId=0xffffffff, collectsMetadata=false] on OptionalInt.empty\n")
                .containsPattern("ip shows: .* ipsec1@NONE: .* xfrm if_id 0xffffffff ")
                .contains("ipsec2: Xfrm[ifId=0x0, collectsMetadata=true] on OptionalInt.empty\n")
                .containsPattern("ip shows: .* ipsec2@NONE: .* xfrm external ")
                .contains("dummy7: Named[kind=dummy] on OptionalInt.empty\n");
    }

    @Test
    void whatIpMakesIsListed() {
        assertThat(run.stdout())
                .containsPattern("of ip: ipsec9 \\(index \\d+, xfrm if_id 0x9\\) on OptionalInt\\[1\\]\n");
    }

    @Test
    void whatIsInTheWayIsNamed() {
        assertThat(run.stdout())
                .containsPattern("same name: add link ipsec0 type xfrm if_id 0x2b: EEXIST .* \\| in the way: ipsec0 ")
                .containsPattern("same if_id: add link ipsec3 type xfrm if_id 0x2a: EEXIST .* \\| in the way: ipsec0 ")
                .containsPattern(
                        "second external: add link ipsec3 type xfrm external: EEXIST .* \\| in the way: ipsec2 ");
    }

    @Test
    void itCarriesAddressesAndRoutes() {
        assertThat(run.stdout())
                .containsPattern("addresses: \\[10.1.0.1/32 dev \\d+ scope global[],]")
                .containsPattern("routes: \\[198.51.100.0/24 table 220 dev \\d+]\n")
                .contains("a packet's way: 1400\n");
    }

    @Test
    void deletedLinksAreGone() {
        assertThat(run.stdout()).contains("left: []\n");
    }
}

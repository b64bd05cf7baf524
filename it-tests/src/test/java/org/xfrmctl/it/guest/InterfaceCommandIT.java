package org.xfrmctl.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code xfrmctl interface} on a kernel that has xfrm interfaces. One boot serves all tests. */
class InterfaceCommandIT {
    @TempDir
    private static Path results;

    private static Transcript seen = new Transcript("");

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        GuestRun run = RealKernel.qemu()
                .run(GuestJava.command(InterfaceCommandProof.class, List.of()), results, Duration.ofMinutes(10));
        assertThat(run.exitStatus()).as(run.console() + run.stdout()).isZero();
        seen = new Transcript(run.stdout());
    }

    private static String after(String command, int nth) {
        return seen.after(command, nth);
    }

    @Test
    void aDryRunMakesNothing() {
        assertThat(after("interface up --dry-run", 1))
                .contains("link add ipsec0 type xfrm if_id 0x2a\n", "route add fd00:2::/48 dev ipsec0\n")
                .endsWith("= 2\n");
        assertThat(after("interface up", 1))
                .contains("link add ipsec0 type xfrm if_id 0x2a\n")
                .endsWith("= 0\n");
    }

    @Test
    void theKernelHoldsWhatWasDefinedAndThatItIsOurs() {
        assertThat(after("ip -d -o link show ipsec0", 1))
                .containsPattern("ipsec0@NONE: .*,UP,.* mtu 1400 .* xfrm if_id 0x2a .* alias xfrmctl");
        assertThat(after("ip -d -o link show gre1", 1))
                .containsPattern("mtu 1380 .* gre remote 192.0.2.2 local 192.0.2.1 ttl 64 ikey 1.2.3.4 okey 1.2.3.4 "
                        + ".* alias xfrmctl");
        assertThat(after("ip -d -o link show ipip1", 1))
                .containsPattern(" remote 192.0.2.2 local 192.0.2.1 ttl 9 .* alias xfrmctl");
        assertThat(after("ip route show proto 88", 1))
                .contains("10.2.0.0/16 dev ipsec0", "10.3.0.0/16 dev gre1", "10.4.0.0/16 dev ipip1");
        assertThat(after("ip -6 route show proto 88", 1)).contains("fd00:2::/48 dev ipsec0");
        assertThat(after("ip -o address show dev ipsec0", 1)).contains("inet 10.9.0.1/30", "inet6 fd00:9::1/64");
    }

    @Test
    void aSecondRunChangesNothing() {
        assertThat(after("interface up", 2)).contains("\nnothing to do\n= 0\n");
    }

    @Test
    void whatDiffersIsMendedInPlaceAndRoutesOfOthersStay() {
        assertThat(after("interface status ipsec0", 1))
                .contains("ipsec0: DIFFERS", "link set ipsec0 mtu 1400", "route add 10.2.0.0/16 dev ipsec0");
        assertThat(after("interface up ipsec0", 1))
                .contains("\nlink set ipsec0 mtu 1400\nroute add 10.2.0.0/16 dev ipsec0\n= 0\n");
        assertThat(after("ip route show 10.77.0.0/16", 1)).contains("proto static");
        assertThat(after("interface status --json ipsec0", 1)).contains("\"condition\" : \"UP\"", "\"mtu\" : 1400");
        assertThat(after("ip -o link show type xfrm", 1)).doesNotContain("ipsec0");
    }

    @Test
    void addressesOfOthersStayAndAreTold() {
        assertThat(after("ip -o address show dev ipsec0", 2)).contains("198.51.100.7/32", "10.9.0.1/30");
        assertThat(after("interface status ipsec0", 2))
                .contains("ipsec0: UP", "address 198.51.100.7/32 is not known to be of xfrmctl, and stays")
                .doesNotContain("address 10.9.0.1/30 is not known", "address fe80:");
    }

    @Test
    void whatAKilledRunHasMadeIsTakenOver() {
        // The kernel takes no alias with a new link, or this one would have been refused.
        assertThat(after("interface up ipsec0 gre1", 1))
                .contains("link set ipsec0 alias xfrmctl\n", "link set gre1 alias xfrmctl\nlink set gre1 mtu 1380\n")
                .endsWith("= 0\n");
        assertThat(after("interface up gre1", 1))
                .contains("gre1 (type gre", "was not made by xfrmctl and is left alone")
                .endsWith("= 1\n");
    }

    @Test
    void aLinkOfOthersIsLeftAlone() {
        for (String command : List.of("interface up ipsec0", "interface down ipsec0")) {
            assertThat(after(command, command.contains("up") ? 2 : 1))
                    .contains("ipsec0 (type dummy) was not made by xfrmctl and is left alone")
                    .endsWith("= 1\n");
        }
    }

    @Test
    void aRefusalHalfWayLeavesNothingBehind() {
        assertThat(after("interface up", 3))
                .contains(
                        "add route 10.4.0.0/16 dev ",
                        "EEXIST",
                        "in the way: 10.4.0.0/16 dev 1",
                        "nothing is left behind")
                .endsWith("= 1\n");
        assertThat(after("ip -o link show gre1", 1)).contains("does not exist");
        assertThat(after("ip -o link show type xfrm", 2)).doesNotContain("ipsec0");
    }

    @Test
    void upMakesTheInterfaceOfAChildAndPlanTellsIt() {
        assertThat(after("plan", 1))
                .contains("link add ipsec0 type xfrm", "+ policy ")
                .endsWith("= 2\n");
        assertThat(after("up --state-dir DIR", 1))
                .containsSubsequence("route add ", "+ policy ", "up: site/net\n= 0\n");
        assertThat(after("ip -o link show ipsec0", 1)).contains("mtu 1400");
        assertThat(after("ip route show 10.2.0.0/16", 1))
                .containsPattern(
                        "/16\n10.2.0.0/16 dev ipsec0 proto 89 .*advmss 1000 *\n10.2.0.0/16 dev ipsec0 proto 88");
        assertThat(after("ip -6 route show fd00:2::/48", 1))
                .containsPattern("dev ipsec0 proto 89 metric 1 advmss 1000 ")
                .containsPattern("dev ipsec0 proto 88 metric 2 ");
    }

    @Test
    void theLastPolicyOfATunnelThatIsUpIsNotTakenAway() {
        assertThat(after("down --state-dir DIR", 1))
                .contains("nothing was changed: no policy would be left for what gre1 wraps")
                .endsWith("= 1\n");
        assertThat(after("interface down gre1", 1))
                .contains("packets meet the policies of a child by way of interface gre1")
                .endsWith("= 1\n");
        assertThat(after("down --state-dir DIR", 2)).endsWith("= 0\n");
    }

    @Test
    void itStaysAsLongAsItsChildOrTheBlocksOfThatDo() {
        assertThat(after("interface down ipsec0", 3))
                .contains("interface ipsec0 is in use by state dst 192.0.2.2 proto esp spi 0xc1000001")
                .endsWith("= 1\n");
        assertThat(after("interface status ipsec0", 3)).contains("ipsec0: UP");
        assertThat(after("interface down ipsec0", 4))
                .contains("packets meet the policies of a child by way of interface ipsec0")
                .endsWith("= 1\n");
        assertThat(after("interface down --force ipsec0", 1)).endsWith("link delete ipsec0\n= 0\n");
        assertThat(after("ip -o link show type xfrm", 3)).doesNotContain("ipsec0");
    }
}

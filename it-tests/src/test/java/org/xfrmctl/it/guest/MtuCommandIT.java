package org.xfrmctl.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code xfrmctl mtu} on a real kernel: where its numbers come from, and that the kernel has the same. One boot serves all. */
class MtuCommandIT {
    @TempDir
    private static Path results;

    private static Transcript seen = new Transcript("");

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        seen = Transcript.of(MtuCommandProof.class, results);
    }

    private static String after(String command, int nth) {
        return seen.after(command, nth);
    }

    @Test
    void aChildThatIsDownIsComputedAndTheKernelIsNotAsked() {
        assertThat(after("mtu site", 1))
                .contains("site/net: MTU 1446\n", "1500  interface wan\n", "not asked: the policy is not in the kernel")
                .endsWith("= 0\n");
    }

    @Test
    void theKernelHasTheSameOfAChildThatIsUp() {
        assertThat(after("mtu site", 2))
                .contains("kernel: 1446 for a socket from 10.1.0.1 to 10.2.0.1: the same\n")
                .endsWith("= 0\n");
        assertThat(after("mtu six", 1))
                .contains("six/net: MTU 1406\n", "kernel: 1406 for a socket from fd01::1 to fd02::1: the same\n")
                .endsWith("= 0\n");
    }

    @Test
    void whatARouterToldIsInTheSumAndSaid() {
        assertThat(after("ip route get 198.51.100.2", 1)).contains("expires", "mtu 1400");
        assertThat(after("mtu site", 3))
                .contains(
                        "site/net: MTU 1346\n",
                        "1400  learnt: a router behind wan\n",
                        "kernel: 1346 for a socket",
                        "! the way to 198.51.100.2 takes 1400 bytes, less than the 1500 of wan")
                .endsWith("= 0\n");
        assertThat(after("mtu --json site", 1)).contains("\"origin\" : \"learnt\"", "\"link_mtu\" : 1500");
    }

    @Test
    void ipv6LearnsToo() {
        assertThat(after("ip -6 route get 2001:db8:2::2", 1)).contains("expires", "mtu 1400");
        assertThat(after("mtu six2", 1)).contains("six2/net: MTU 1326\n", "1400  learnt: a router behind wan\n");
    }

    /** What is routed into it is held to its MTU, whatever the selectors say. */
    @Test
    void anInterfaceBoundsItsChildBeforeItIsThere() {
        assertThat(after("mtu routed", 1)).contains("routed/red: MTU 1300\n", "1300  interface red, as defined\n");
    }

    @Test
    void aNarrowRouteOfTheInnerDestinationBoundsItsFlow() {
        assertThat(after("mtu site", 4))
                .contains(
                        "site/net: MTU 1200\n",
                        "route of 10.3.0.1",
                        "kernel: 1346 for a socket from 10.1.0.1 to 10.2.0.1: the same\n",
                        "kernel: 1200 for a socket from 10.1.0.1 to 10.3.0.1: the same\n")
                .endsWith("= 0\n");
    }

    @Test
    void ipv6HasAnMtuOfItsOwnOnALink() {
        assertThat(after("mtu six", 2))
                .contains(
                        "six/net: MTU 1214\n",
                        "1300  net.ipv6.conf.wan.mtu\n",
                        "the same\n",
                        "! IPv6 needs an MTU of 1280")
                .endsWith("= 0\n");
    }

    @Test
    void anotherStateIsNoticed() {
        assertThat(after("mtu site", 5))
                .contains("! kernel: 1310 for a socket from 10.1.0.1 to 10.2.0.1: not what was computed")
                .endsWith("= 1\n");
    }

    @Test
    void withoutAWayThereIsNothingToCompute() {
        assertThat(after("mtu site", 6))
                .startsWith("$ mtu site\nsite/net: there is no way to 198.51.100.2: ")
                .contains("--link-mtu N")
                .endsWith("= 1\n");
    }
}

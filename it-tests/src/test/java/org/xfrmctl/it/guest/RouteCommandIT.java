package org.xfrmctl.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mtu} and {@code mss} of children by routes of a real kernel, and what its sockets are told then. One boot serves all. */
class RouteCommandIT {
    private static final String OURS = "ip route show proto 89";
    private static final String SITE = "10.2.0.0/16 via 192.0.2.253 dev wan src 10.1.0.1 mtu 1300 advmss 1260";

    @TempDir
    private static Path results;

    private static Transcript seen = new Transcript("");

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        seen = Transcript.of(RouteCommandProof.class, results);
    }

    private static String after(String command, int nth) {
        return seen.after(command, nth);
    }

    @Test
    void upMakesRoutesAndPlanShowsThem() {
        assertThat(after("plan site six host lost", 1))
                .contains(
                        "route add " + SITE + "\n",
                        "route add fd02::/64 via 2001:db8::2 dev wan metric 1023 mtu 1290 advmss 1000\n",
                        "route add 192.0.2.77/32 dev wan src 192.0.2.1 metric 65535 mtu 1287\n")
                .endsWith("= 2\n");
        assertThat(after("up site six host lost", 1))
                .contains("route add " + SITE + "\n")
                .endsWith("= 0\n");
        assertThat(after(OURS, 1)).contains(SITE, "192.0.2.77 dev wan scope link src 192.0.2.1 metric 65535 mtu 1287");
        assertThat(after("ip -6 route show proto 89", 1))
                .contains("fd02::/64 via 2001:db8::2 dev wan metric 1023 mtu 1290 advmss 1000");
        assertThat(after("plan site six host lost", 2))
                .contains("\nnothing to do\n")
                .endsWith("= 0\n");
    }

    @Test
    void oursIsMetBeforeTheOneThatItIsACopyOf() {
        assertThat(after("ip route show 10.2.0.0/16", 1).lines().skip(1).toList())
                .satisfiesExactly(
                        first -> assertThat(first).contains("proto 89", "mtu 1300"),
                        second -> assertThat(second.strip())
                                .isEqualTo("10.2.0.0/16 via 192.0.2.253 dev wan src 10.1.0.1"));
    }

    @Test
    void aChildWithoutAWayComesUpAndIsToldSo() {
        assertThat(after("up site six host lost", 1))
                .contains("warning: lost/net: no route leads to fd99::/64", "up: lost/net\n");
    }

    /** Before it is up, too. */
    @Test
    void mtuCountsTheOptionAndTheKernelHasTheSame() {
        assertThat(after("mtu site six", 1))
                .contains("site/net: MTU 1300\n", "mtu of the child", "six/net: MTU 1290\n")
                .contains("mss: auto: TCP of this host announces 1260 ", "mss: 1000: TCP of this host announces 1000 ");
        assertThat(after("mtu site six host", 1))
                .contains(
                        "kernel: 1300 for a socket from 10.1.0.1 to 10.2.0.1: the same\n",
                        "kernel: 1290 for a socket from fd01::1 to fd02::1: the same\n",
                        "host/net: MTU 1250\n",
                        "kernel: 1250 for a socket from 192.0.2.1 to 192.0.2.77: the same\n")
                .endsWith("= 0\n");
    }

    @Test
    void tcpAnnouncesTheMss() {
        assertThat(after("announce 10.2.0.1", 1)).contains("pmtu:1300 ", "advmss:1260 ");
        assertThat(after("announce fd02::1", 1)).contains("pmtu:1290 ", "advmss:1000 ");
    }

    /** The packets of the tunnel itself keep 1500 bytes, or they would be lowered twice. */
    @Test
    void aPeerInsideKeepsItsWay() {
        assertThat(after(OURS, 3))
                .contains(
                        "0.0.0.0/1 via 192.0.2.254 dev wan metric 65535 mtu 1200",
                        "128.0.0.0/1 via 192.0.2.254 dev wan metric 65535 mtu 1200",
                        "198.51.100.2 via 192.0.2.254 dev wan metric 65535");
        assertThat(after("mtu all site", 1))
                .contains(
                        "all/net: MTU 1200\n",
                        "way to 198.51.100.2                            1500  interface wan\n",
                        "kernel: 1200 for a socket from 10.9.0.1 to 203.0.113.1: the same\n",
                        "kernel: 1300 for a socket from 10.1.0.1 to 10.2.0.1: the same\n")
                .endsWith("= 0\n");
    }

    /** It may be one to where packets are protected. */
    @Test
    void whatOthersMakeForADestinationIsMetBeforeACopyOfAWiderRoute() {
        assertThat(after("ip route get 203.0.113.1", 1)).contains("via 192.0.2.252 dev wan");
    }

    @Test
    void downTakesOursAwayAndNothingElse() {
        assertThat(after("down host", 1))
                .contains("route delete 192.0.2.77/32 dev wan src 192.0.2.1 metric 65535 mtu 1287\n");
        assertThat(after(OURS, 2)).contains(SITE).doesNotContain("192.0.2.77");
        assertThat(after(OURS, 4)).contains(SITE).doesNotContain("198.51.100.2", "/1 ");
        assertThat(after(OURS, 7).lines().filter(line -> !line.isBlank())).hasSize(1);
        assertThat(after("ip -6 route show proto 89", 2).lines().filter(line -> !line.isBlank()))
                .hasSize(1);
        assertThat(after("ip route show 10.2.0.0/16", 3)).contains("via 192.0.2.253 dev wan src 10.1.0.1");
    }

    @Test
    void oneThatHasGoneComesBack() {
        assertThat(after("plan site", 1))
                .contains("nothing else to do\nroute add " + SITE + "\n")
                .endsWith("= 2\n");
        assertThat(after(OURS, 5)).contains(SITE);
    }

    @Test
    void statusTellsWhichAreThereAndWhatCannotBeHad() {
        assertThat(after("status site lost", 1))
                .contains(
                        "  route " + SITE + "\n",
                        "  ! no route leads to fd99::/64, so that there is none to be given mtu")
                .doesNotContain("! missing: route");
        assertThat(after("status --json site", 1)).contains("\"present\" : true");
        assertThat(after("status site lost", 2)).contains("  ! missing: route " + SITE + "\n");
        assertThat(after("status --json site", 2))
                .contains(
                        "\"dst\" : \"10.2.0.0/16\"",
                        "\"via\" : \"192.0.2.253\"",
                        "\"dev\" : \"wan\"",
                        "\"src\" : \"10.1.0.1\"",
                        "\"mtu\" : 1300",
                        "\"advmss\" : 1260",
                        "\"present\" : false");
    }

    @Test
    void theWayThatItIsACopyOfIsFollowed() {
        assertThat(after("plan --json site", 1))
                .contains("\"routes\" : [ \"route add 10.2.0.0/16 via 192.0.2.252 dev wan mtu 1300 advmss 1260\" ]");
        assertThat(after("ip route show 10.2.0.0/16", 2)
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElse(""))
                .contains("via 192.0.2.252 dev wan proto 89", "mtu 1300");
    }

    @Test
    void aRouteBecomesWhatTheDefinitionHasBecome() {
        String narrow = "10.2.0.0/16 via 192.0.2.252 dev wan mtu 1300";
        for (int nth : List.of(3, 4, 5)) {
            assertThat(after("plan site", nth - 1))
                    .contains("\nnothing to do\n")
                    .endsWith("= 0\n");
        }
        assertThat(after(OURS, 8).lines().skip(1).map(String::strip)).containsExactly(narrow);
        assertThat(after(OURS, 9).lines().skip(1).map(String::strip)).containsExactly(narrow + " advmss 1260");
        assertThat(after(OURS, 10).lines().skip(1).map(String::strip)).containsExactly(narrow);
    }

    /** The lesser, as long as both ask for it; who gets less than it asks for is told. */
    @Test
    void whatAnotherDefinitionAsksForIsSharedWithIt() {
        List<String> sizes = IntStream.rangeClosed(12, 17)
                .mapToObj(nth -> after(OURS, nth))
                .map(routes -> routes.lines()
                        .skip(1)
                        .map(String::strip)
                        .map(route -> route.replaceFirst("10.2.0.0/16 via 192.0.2.252 dev wan ", ""))
                        .collect(Collectors.joining()))
                .toList();
        assertThat(sizes).containsExactly("mtu 1300", "mtu 1200", "mtu 1200", "mtu 1300", "mtu 1350", "");
        assertThat(after("plan site", 5))
                .contains("warning: site/net: the route to 10.2.0.0/16 has mtu 1200 in place of 1300 for other/net")
                .contains("\nnothing to do\n")
                .endsWith("= 0\n");
        assertThat(after("up other", 2))
                .contains(
                        "warning: other/net: the route to 10.2.0.0/16 has mtu 1300 in place of 1350 for site/net",
                        "route replace 10.2.0.0/16 via 192.0.2.252 dev wan mtu 1300\n");
    }

    /** Without its label a packet would go elsewhere. */
    @Test
    void aWayThatSaysWhatIsNotUnderstoodIsNotCopied() {
        assertThat(after("up site host all", 1))
                .contains("warning: host/net: the route to 192.0.2.77/32 (with encap) is not copied")
                .endsWith("= 0\n");
        assertThat(after(OURS, 11))
                .doesNotContain("192.0.2.77")
                .contains("10.2.0.0/16 via 192.0.2.252 dev wan realm 7 mtu 1300 advmss 1260")
                .contains("0.0.0.0/1 via 192.0.2.251 dev wan mtu 1200");
        assertThat(after("ip route get 192.0.2.77", 1)).contains("encap mpls");
    }
}

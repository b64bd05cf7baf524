package org.xfrmctl.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A tunnel that two watches keep, in containers with a router between them: what becomes of traffic when keys change, states
 * and policies are taken away, and the container of xfrmctl is restarted or killed. One tunnel for all tests, in this order.
 */
@ExtendWith(Laboratories.class)
@ResourceLock(OnDocker.ENGINE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchContainersIT {
    @TempDir
    private static Path work;

    private static Optional<RouterLab> opened = Optional.empty();

    @BeforeAll
    static void bringUp(ContainerLaboratory laboratory) {
        RouterLab lab = RouterLab.wire(laboratory, work);
        lab.start();
        opened = Optional.of(lab);
    }

    private static RouterLab lab() {
        return opened.orElseThrow();
    }

    @Test
    @Order(1)
    void bothEndsAreUpAsIpSeesIt() {
        lab().awaitProtection();
        for (String end : List.of("carol", "moon")) {
            JsonNode status = lab().gateway(end).ask("status", "--json").json();
            assertThat(status.get(0).path("child").asText()).as(end).isEqualTo("home/net");
            assertThat(status.get(0).path("condition").asText()).as(end).isEqualTo("UP");
            StateCounts theirs = lab().host(end).states();
            assertThat(StateCounts.ofCounters(
                                    lab().gateway(end).ask("counters", "--json").json())
                            .used())
                    .as(end)
                    .isEqualTo(theirs.used());
            assertThat(theirs.byState()).as(end).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    @Order(2)
    void theMtuIsThatOfTheRouterAndPacketsOfItPass() {
        // The first one is too long for mid: the router says so to carol.
        assertThat(lab().pingWhole(1372 - 28).received()).isZero();
        JsonNode mtu = lab().gateway("carol").xfrmctl("mtu", "--json").json().get(0);
        int most = mtu.path("mtu").asInt();
        assertThat(most).as(mtu.toString()).isEqualTo(1346);
        assertThat(lab().pingWhole(most - 28).received()).isEqualTo(1);
        assertThat(lab().pingWhole(most + 1 - 28).error().orElse("")).contains("mtu=" + most);
        // What may be cut passes at any length.
        assertThat(lab().ping(8000).received()).isEqualTo(1);
    }

    @Test
    @Order(3)
    void theDoctorFindsNothingAndThenWhatWasDone() {
        Gateway moon = lab().gateway("moon");
        assertThat(findings(moon.xfrmctl("doctor", "--json"))).isEmpty();
        lab().host("moon")
                .script("echo 1 >/proc/sys/net/ipv4/conf/mid/disable_policy")
                .text();
        Outcome ill = moon.xfrmctl("doctor", "--json");
        lab().host("moon")
                .script("echo 0 >/proc/sys/net/ipv4/conf/mid/disable_policy")
                .text();
        assertThat(ill.status()).as(ill.toString()).isEqualTo(2);
        assertThat(findings(new Outcome(ill.command(), 0, ill.out(), ill.err())))
                .containsExactly("disable-policy");
    }

    private static List<String> findings(Outcome doctor) {
        List<String> rules = new ArrayList<>();
        doctor.json().forEach(finding -> {
            if (!finding.path("severity").asText().equals("note")) {
                rules.add(finding.path("rule").asText());
            }
        });
        return rules;
    }

    @Test
    @Order(4)
    void aRekeyLosesNothing() {
        Set<String> before = lab().host("carol").states().byState().keySet();
        WireCapture wire = WireCapture.start(lab().host("sun"), "mid");
        PingStream stream = PingStream.start(lab().host("carol"), RouterLab.ALICE);
        lab().gateway("carol").ask("rekey").text();
        lab().gateway("moon").ask("rekey").text();
        PingStream.End end = stream.stop();
        isWhole(end, wire.stop());
        Set<String> fresh = new HashSet<>(lab().host("carol").states().byState().keySet());
        fresh.removeAll(before);
        // In and out.
        assertThat(fresh).as("states before: %s", before).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @Order(5)
    void restartsOfItsContainerLoseNothing() {
        Set<String> before = lab().host("moon").states().byState().keySet();
        WireCapture wire = WireCapture.start(lab().host("sun"), "mid");
        PingStream stream = PingStream.start(lab().host("carol"), RouterLab.ALICE);
        lab().gateway("moon").restart();
        lab().gateway("moon").killAndStart();
        PingStream.End end = stream.stop();
        isWhole(end, wire.stop());
        // The same states, or after the drain of the last rekey fewer of them.
        assertThat(before).containsAll(lab().host("moon").states().byState().keySet());
    }

    private static void isWhole(PingStream.End end, WireCapture.Seen wire) {
        assertThat(end.answered()).as(end.toString()).isPositive();
        assertThat(end.lost()).as(end.toString()).isZero();
        assertThat(wire.clear(RouterLab.ALICE)).isEmpty();
        assertThat(wire.esp()).isGreaterThanOrEqualTo(2L * end.answered());
    }

    @Test
    @Order(6)
    void whatIsTakenAwayComesBackAndNothingIsInClearMeanwhile() {
        ContainerHost moon = lab().host("moon");
        WireCapture wire = WireCapture.start(lab().host("sun"), "mid");
        PingStream stream = PingStream.start(lab().host("alice"), RouterLab.CAROL);
        moon.script("ip xfrm state deleteall proto esp").text();
        lab().awaitProtection();
        moon.script("ip xfrm policy delete src 192.168.0.100 dst 10.1.0.0/16 dir fwd")
                .text();
        lab().awaitProtection();
        stream.stop();
        WireCapture.Seen seen = wire.stop();
        assertThat(seen.clear(RouterLab.ALICE)).isEmpty();
        assertThat(seen.esp()).isPositive();
        assertThat(lab().gateway("moon").log()).contains("home/net");
        assertThat(moon.run("ip", "xfrm", "policy").text()).contains("dir fwd");
    }
}

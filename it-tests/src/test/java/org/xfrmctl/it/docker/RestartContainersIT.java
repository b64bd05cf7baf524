package org.xfrmctl.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The container that holds moon's network namespace is restarted. With the namespace all states and policies go, as with a
 * reboot. A lockdown by an init container, before the host passes packets on, is what keeps alice's traffic off the wire; then
 * the watch brings the tunnel up by itself.
 */
@ExtendWith(Laboratories.class)
@ResourceLock(OnDocker.ENGINE)
class RestartContainersIT {
    @Test
    void nothingIsInClearWhenTheNamespaceIsANewOne(ContainerLaboratory laboratory, @TempDir Path work) {
        RouterLab lab = RouterLab.wire(laboratory, work);
        WireCapture unprotected = WireCapture.start(lab.host("sun"), "mid");
        assertThat(lab.ping(600).received()).as("before there is a tunnel").isEqualTo(1);
        assertThat(unprotected.stop().clear(RouterLab.ALICE))
                .as("what the witness sees")
                .hasSize(2);

        lab.start();
        lab.awaitProtection();
        WireCapture wire = WireCapture.start(lab.host("sun"), "mid");
        PingStream stream = PingStream.start(lab.host("alice"), RouterLab.CAROL);
        lab.gateway("moon").stop();
        laboratory.restart("moon");
        assertThat(lab.host("moon").states().byState()).isEmpty();

        lab.once("moon", "lockdown");
        laboratory.wire(lab.scenario().topology(), "moon");
        assertThat(lab.host("moon").run("ip", "xfrm", "policy").text()).contains("action block");
        assertThat(lab.ping(600).received()).as("in lockdown").isZero();

        lab.gateway("moon").startAgain();
        lab.awaitProtection();
        stream.stop();
        WireCapture.Seen seen = wire.stop();
        assertThat(seen.clear(RouterLab.ALICE)).isEmpty();
        assertThat(seen.esp()).isPositive();
        StateCounts theirs = lab.host("moon").states();
        assertThat(StateCounts.ofCounters(
                                lab.gateway("moon").ask("counters", "--json").json())
                        .used())
                .isEqualTo(theirs.used());
        assertThat(theirs.byState()).hasSizeGreaterThanOrEqualTo(2);
    }
}

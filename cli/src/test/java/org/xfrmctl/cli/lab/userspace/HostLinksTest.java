package org.xfrmctl.cli.lab.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.manager.link.LinkPlanner;
import org.xfrmctl.manager.link.LinkRun;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.model.definition.Place;

/** What a lab's definition says of interfaces is what a second run finds. */
class HostLinksTest {
    private final Network network = new Network();
    private final Host host =
            new Host("a", network, Clock.systemUTC(), new Random(1), Identifiers.random(new Random(2)));
    private final HostLinks links = new HostLinks(host);

    @BeforeEach
    void attach() {
        host.attach("wan", network.link("wan", 1500), List.of(IpPrefix.parse("192.0.2.1/24")));
    }

    private static List<LogicalInterface> standingOn(String device) {
        return List.of(new LogicalInterface(
                "ipsec0",
                new Place("", 1, 1, ""),
                new LogicalInterface.Kind.Xfrm(new IfId(42), Optional.of(device)),
                OptionalInt.of(1400),
                List.of(IpPrefix.parse("10.9.0.1/30")),
                List.of(IpPrefix.parse("10.2.0.0/16"))));
    }

    private void up(List<LogicalInterface> wanted) {
        LinkRun.apply(LinkPlanner.up(wanted, wanted, links.list()), links);
    }

    @Test
    void theInterfaceThatOneStandsOnIsRemembered() {
        List<LogicalInterface> wanted = standingOn("wan");
        up(wanted);

        assertThat(LinkPlanner.up(wanted, wanted, links.list())).isEmpty();
    }

    @Test
    void oneThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> up(standingOn("lan")))
                .hasMessageContaining("ipsec0 is to stand on lan, and there is no such interface");
        assertThat(links.list()).hasSize(1);
    }
}

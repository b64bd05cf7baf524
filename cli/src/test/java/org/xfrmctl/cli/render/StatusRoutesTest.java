package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.AskedRoute;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.manager.route.ChildRoute;
import org.xfrmctl.manager.route.Leg;
import org.xfrmctl.manager.route.RouteChange;
import org.xfrmctl.manager.route.RoutePlan;
import org.xfrmctl.manager.status.ChildStatus;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.DefinitionReader;
import org.xfrmctl.netlink.route.RouteMetrics;

/** The routes of a child among the rest of its status; RouteCommandIT has real ones. */
class StatusRoutesTest {
    private static final ChildName CHILD = new ChildName("site", "net");
    private static final Leg WAN = new Leg(Optional.of(IpAddress.parse("192.0.2.254")), "wan", false, Optional.empty());
    private static final ChildRoute THERE =
            new ChildRoute(IpPrefix.parse("10.2.0.0/16"), 65_535, WAN, RouteMetrics.mtu(1300));
    private static final ChildRoute MISSING = new ChildRoute(
            IpPrefix.parse("10.3.0.0/16"),
            0,
            new Leg(Optional.empty(), "wan", false, Optional.of(IpAddress.parse("10.1.0.1"))),
            RouteMetrics.NONE.withAdvmss(1260));
    private static final RoutePlan PLAN = new RoutePlan(
            List.of(
                    new RouteChange.Add(MISSING),
                    new RouteChange.Remove(new ChildRoute(THERE.destination(), 100, WAN, RouteMetrics.mtu(1200)))),
            List.of(
                    new RoutePlan.Warning(CHILD, "no route leads to 10.4.0.0/16"),
                    new RoutePlan.Warning(new ChildName("site", "other"), "of another")),
            Map.of(CHILD, List.of(asked(THERE), asked(MISSING))),
            List.of(MISSING, THERE));

    @TempDir
    private Path directory;

    private DesiredState desired = new DesiredState(List.of(), List.of());

    private static AskedRoute asked(ChildRoute route) {
        return new AskedRoute(route.destination(), OptionalInt.empty(), OptionalInt.empty());
    }

    @BeforeEach
    void define() throws IOException {
        desired = Wanted.withoutKeys(DefinitionReader.read(Files.writeString(directory.resolve("site.yaml"), """
                                connections:
                                  site:
                                    local_addrs: 192.0.2.1
                                    remote_addrs: 198.51.100.2
                                    children:
                                      net:
                                        remote_ts: 10.2.0.0/16
                                        mtu: 1300
                                        sas: { out: { spi: 0xc1000001, key: a }, in: { spi: 0xc1000002, key: b } }
                                secrets: { a: { env: A }, b: { env: B } }
                                """)))
                .outline();
    }

    @Test
    void peopleSeeWhichAreThere() {
        assertThat(StatusText.print(desired, ChildStatus.of(desired, Snapshot.EMPTY), List.of(), PLAN))
                .endsWith("""
                          route 10.2.0.0/16 via 192.0.2.254 dev wan metric 65535 mtu 1300
                          ! missing: route 10.3.0.0/16 dev wan src 10.1.0.1 advmss 1260
                          ! no route leads to 10.4.0.0/16
                        """);
    }

    @Test
    void programsSeeTheSame() {
        String json = Json.print(StatusJson.children(
                ChildStatus.of(desired, Snapshot.EMPTY), PLAN, JournalRecord.EMPTY, desired.names(), process -> false));

        SchemaFiles.assertValid("status", json);
        assertThat(json.replaceAll("\\s", ""))
                .contains(
                        "\"routes\":[{\"dst\":\"10.2.0.0/16\",\"via\":\"192.0.2.254\",\"dev\":\"wan\",\"metric\":65535,"
                                + "\"mtu\":1300,\"present\":true},{\"dst\":\"10.3.0.0/16\",\"dev\":\"wan\",\"src\":\"10.1.0.1\","
                                + "\"metric\":0,\"advmss\":1260,\"present\":false}]");
    }

    @Test
    void ofAChildThatAsksForNoneNothingIsSaid() {
        String json = Json.print(StatusJson.children(
                ChildStatus.of(desired, Snapshot.EMPTY),
                RoutePlan.EMPTY,
                JournalRecord.EMPTY,
                desired.names(),
                process -> false));

        SchemaFiles.assertValid("status", json);
        assertThat(json).doesNotContain("routes");
    }
}

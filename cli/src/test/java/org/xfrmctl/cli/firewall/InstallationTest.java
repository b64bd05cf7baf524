package org.xfrmctl.cli.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xfrmctl.cli.firewall.Installation.Outcome;
import org.xfrmctl.cli.render.FirewallJson;
import org.xfrmctl.cli.render.FirewallReport;
import org.xfrmctl.cli.render.FirewallText;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.manager.firewall.Hook;
import org.xfrmctl.manager.firewall.PacketMatch;
import org.xfrmctl.manager.firewall.Rule;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.definition.ChildName;

/** What is done to children that need rules and to those that need none, in a userspace host, and what is said of it. */
class InstallationTest {
    private static final ChildName CLAMPED = new ChildName("site", "clamped");
    private static final ChildName WHOLE = new ChildName("site", "whole");
    private static final ChildName PLAIN = new ChildName("site", "plain");

    private static final PacketMatch MATCH = new PacketMatch(
            new Selector(
                    IpPrefix.parse("10.1.0.0/16"),
                    IpPrefix.parse("10.2.0.0/16"),
                    IpProtocol.ANY,
                    PortMatch.ANY,
                    PortMatch.ANY,
                    Selector.Binding.NONE),
            Optional.of(new PacketMatch.Protection(Direction.OUT, new Reqid(7))),
            Optional.empty());

    private static final List<ChildFirewall> ALL = List.of(
            new ChildFirewall(
                    CLAMPED,
                    List.of(new Rule.Clamp(Hook.POSTROUTING, MATCH, true, OptionalInt.empty(), "mss")),
                    List.of("what nobody knows")),
            new ChildFirewall(WHOLE, List.of(new Rule.SetDf(Hook.OUTPUT, MATCH, "copy_df: set")), List.of()),
            new ChildFirewall(PLAIN, List.of(), List.of()));

    private final HostTables tables = new HostTables(new PacketRules());

    @BeforeEach
    void installAll() {
        assertThat(Installation.of(ALL, Set.of(CLAMPED, WHOLE, PLAIN), tables))
                .extracting(Installation::outcome)
                .containsExactly(Outcome.INSTALLED, Outcome.INSTALLED, Outcome.UNNEEDED);
        assertThat(tables.names()).containsExactly(CLAMPED, WHOLE);
    }

    private List<Installation> mssOf(Set<ChildName> named) {
        return Installation.of(ALL.stream().map(ChildFirewall::mss).toList(), named, tables);
    }

    /** {@code --install --mss-only} of all is no order to remove {@code copy_df: set} of others. */
    @Test
    void whatNobodyNamedIsLeftAlone() {
        assertThat(mssOf(Set.of()))
                .extracting(Installation::outcome)
                .containsExactly(Outcome.INSTALLED, Outcome.UNNEEDED, Outcome.UNNEEDED);
        assertThat(tables.names()).containsExactly(CLAMPED, WHOLE);
    }

    @Test
    void whoIsNamedLosesWhatItDoesNotNeed() {
        assertThat(mssOf(Set.of(WHOLE, PLAIN)))
                .extracting(Installation::outcome)
                .containsExactly(Outcome.INSTALLED, Outcome.REMOVED, Outcome.UNNEEDED);
        assertThat(tables.names()).containsExactly(CLAMPED);
    }

    @Test
    void eachIsToldOf() {
        List<Installation> done = Installation.of(
                List.of(ALL.get(0), ALL.get(1).mss(), ALL.get(2)), Set.of(CLAMPED, WHOLE, PLAIN), tables);
        FirewallReport report = new FirewallReport.Installed(true, done);

        assertThat(FirewallText.print(report)).isEqualTo("""
                site/clamped: installed
                  no rule lets pass what nobody knows
                  > name it under "interfaces", or write a rule with its oifname
                site/whole: removed
                site/plain: needs no rule
                """);
        assertThat(FirewallJson.print(report)).isEqualTo("""
                {
                  "installed" : [ "site/clamped" ],
                  "removed" : [ "site/whole" ],
                  "unneeded" : [ "site/plain" ],
                  "missing" : [ "site/clamped: what nobody knows" ],
                  "filters" : true
                }""");
    }
}

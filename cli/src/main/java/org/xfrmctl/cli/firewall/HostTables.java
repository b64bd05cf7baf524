package org.xfrmctl.cli.firewall;

import java.util.List;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.model.definition.ChildName;

/** The rules of a userspace host in this process. */
public final class HostTables implements FirewallTables {
    private final PacketRules rules;

    public HostTables(PacketRules rules) {
        this.rules = rules;
    }

    @Override
    public void install(List<ChildFirewall> children) {
        rules.install(HostRules.byOwner(children));
    }

    @Override
    public void remove(List<ChildName> children) {
        rules.remove(children.stream().map(ChildName::toString).toList());
    }

    @Override
    public List<HeldTable> list() {
        return HeldTable.ofHost(rules.installed());
    }

    @Override
    public List<ChildName> names() {
        return list().stream().map(HeldTable::child).toList();
    }

    @Override
    public boolean hasFilter() {
        return false;
    }
}

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
        children.forEach(child -> rules.install(child.child().toString(), HostRules.of(child)));
    }

    @Override
    public void remove(List<ChildName> children) {
        children.forEach(child -> rules.remove(child.toString()));
    }

    @Override
    public List<HeldTable> list() {
        return rules.installed().entrySet().stream()
                .map(entry -> HeldTable.ofHost(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public boolean hasFilter() {
        return false;
    }
}

package org.xfrmctl.cli.daemon;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.xfrmctl.cli.firewall.FirewallTables;
import org.xfrmctl.cli.firewall.HeldTable;
import org.xfrmctl.cli.firewall.HostRules;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.PacketConnection;

/** The rules of a daemon's host, by the daemon's socket. */
public record DoorTables(Path socket) implements FirewallTables {
    @Override
    public void install(List<ChildFirewall> children) {
        ask(new RulesRequest.Install(HostRules.byOwner(children)));
    }

    @Override
    public void remove(List<ChildName> children) {
        if (!children.isEmpty()) {
            ask(new RulesRequest.Remove(
                    children.stream().map(ChildName::toString).toList()));
        }
    }

    @Override
    public List<HeldTable> list() {
        return HeldTable.ofHost(RulesRequest.installed(ask(new RulesRequest.ListAll())));
    }

    @Override
    public List<ChildName> names() {
        return list().stream().map(HeldTable::child).toList();
    }

    private List<String> ask(RulesRequest request) {
        try (PacketConnection connection = PacketConnection.to(socket)) {
            connection.send(request.bytes());
            ByteBuffer answer = connection.receive().orElseThrow(this::ended);
            return RulesRequest.lines(answer).orElseThrow(this::ended);
        }
    }

    private NetlinkException ended() {
        return new NetlinkException(Errno.EPIPE.number(), "ask the daemon at " + socket);
    }

    @Override
    public boolean hasFilter() {
        return false;
    }
}

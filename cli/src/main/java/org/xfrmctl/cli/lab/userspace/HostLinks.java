package org.xfrmctl.cli.lab.userspace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.NetworkInterface;
import org.xfrmctl.manager.link.HeldAddress;
import org.xfrmctl.manager.link.HeldLink;
import org.xfrmctl.manager.link.KernelLinks;
import org.xfrmctl.manager.link.LinkTables;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;

/** The links of a userspace host. Those on links of the lab are not ours; what is ours is up from the beginning. */
final class HostLinks implements LinkTables {
    private static final int DEFAULT_MTU = 1500;

    private final Host host;
    /** What xfrm interfaces stand on, by their names: packets do not care, so the host does not know. */
    private final Map<String, String> lower = new HashMap<>();

    HostLinks(Host host) {
        this.host = host;
    }

    @Override
    public List<HeldLink> list() {
        return host.devices().stream().map(this::held).toList();
    }

    private HeldLink held(NetworkInterface device) {
        Optional<LogicalInterface.Kind> kind = kind(device.toString());
        return new HeldLink(
                device.toString(),
                kind,
                kind.map(Object::toString).orElse("a link of the lab"),
                kind.isPresent() ? HeldLink.Mark.OURS : HeldLink.Mark.OTHERS,
                true,
                device.link().mtu(),
                device.addresses().stream()
                        .map(address -> new HeldAddress(address, kind.isPresent()))
                        .toList(),
                host.routesBy(device));
    }

    private Optional<LogicalInterface.Kind> kind(String name) {
        Optional<LogicalInterface.Kind> xfrm = Optional.ofNullable(
                        host.xfrmInterfaces().get(name))
                .map(made -> new LogicalInterface.Kind.Xfrm(made.ifId(), Optional.ofNullable(lower.get(name))));
        return xfrm.or(() ->
                Optional.ofNullable(host.tunnelInterfaces().get(name)).map(made -> KernelLinks.kind(made.tunnel())));
    }

    @Override
    public void add(String name, LogicalInterface.Kind kind) {
        if (kind instanceof LogicalInterface.Kind.Xfrm xfrm) {
            host.attachXfrm(name, xfrm.ifId(), DEFAULT_MTU, List.of());
            xfrm.lower().ifPresent(device -> lower.put(name, device));
        } else if (kind instanceof LogicalInterface.Kind.Tunnel tunnel) {
            host.attachTunnel(name, KernelLinks.kind(tunnel));
        } else {
            throw new AssertionError(kind);
        }
    }

    @Override
    public void claim(String name) {}

    @Override
    public void remove(String name) {
        host.detach(name);
        lower.remove(name);
    }

    @Override
    public void bringUp(String name) {}

    @Override
    public void setMtu(String name, int mtu) {
        host.device(name).link().mtu(mtu);
    }

    @Override
    public void addAddress(String name, HeldAddress address) {
        host.addAddress(host.device(name), address.prefix());
    }

    @Override
    public void removeAddress(String name, IpPrefix address) {
        host.removeAddress(host.device(name), address);
    }

    @Override
    public void addRoute(String name, IpPrefix destination) {
        host.route(destination, host.device(name));
    }

    @Override
    public void removeRoute(String name, IpPrefix destination) {
        host.removeRoute(destination, host.device(name));
    }

    @Override
    public void moveRoute(IpPrefix destination, String from, String to) {
        removeRoute(from, destination);
        addRoute(to, destination);
    }
}

package org.xfrmctl.manager.migrate.ipsec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.manager.migrate.draft.Draft;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.migrate.draft.Side;

/** {@code ipsec-interface=N} of libreswan: the XFRM interface {@code ipsecN} with if_id N, and routes into it. */
final class IpsecInterface {
    private final IpsecConn conn;
    private final Side local;

    IpsecInterface(IpsecConn conn, Side local) {
        this.conn = conn;
        this.local = local;
    }

    void put(Draft.Entry child, Draft draft) {
        Optional<String> number = conn.value("ipsec-interface")
                .filter(text -> !Dialect.LIBRESWAN.isNo(text) || text.equals("0"))
                .map(text -> Dialect.LIBRESWAN.isYes(text) ? "1" : text);
        List<String> ours = Stream.of("interface-ip", local + "interface-ip")
                .filter(key -> conn.value(key).isPresent())
                .toList();
        if (number.isEmpty()) {
            ours.forEach(key -> draft.findings()
                    .add(
                            conn.at(key),
                            "no ipsec-interface is there that would have it",
                            "write ipsec-interface=yes, or give it to an interface"));
            return;
        }
        Origin origin = conn.at("ipsec-interface");
        String name = "ipsec" + number.get();
        Draft.Entry made = draft.logicalInterface(name, origin);
        made.put("type", "xfrm", origin);
        made.put("if_id", number.get(), origin);
        child.put("interface", name, origin);
        child.take("mtu").ifPresent(mtu -> mtu(mtu, made, draft));
        Set<String> addresses = new LinkedHashSet<>(made.list("addresses"));
        for (String key : ours) {
            conn.value(key).ifPresent(addresses::add);
            made.put("addresses", List.copyOf(addresses), conn.at(key));
        }
        Set<String> routes = new LinkedHashSet<>(made.list("routes"));
        for (String selector : child.list("remote_ts")) {
            String subnet = selector.replaceAll("\\[.*", "");
            if (subnet.endsWith("/0")) {
                draft.findings()
                        .add(
                                origin,
                                "a route for " + subnet
                                        + " would take the ESP packets in as well, so there is none, and what"
                                        + " is not routed into " + name + " is not protected",
                                "route by a mark or from a table of your own, and let the peer's address go past it");
            } else if (!subnet.equals("dynamic")) {
                routes.add(subnet);
            }
        }
        if (!routes.isEmpty()) {
            made.put("routes", List.copyOf(routes), origin);
        }
    }

    /** Conns that share an interface have one MTU: the first that is told. */
    private void mtu(String mtu, Draft.Entry made, Draft draft) {
        Optional<String> before = made.text("mtu");
        if (before.isEmpty()) {
            made.put("mtu", mtu, conn.at("mtu"));
        } else if (!before.get().equals(mtu)) {
            draft.findings()
                    .add(
                            conn.at("mtu"),
                            "another conn has given " + made.name() + " an MTU of " + before.get(),
                            "the first was taken; give each conn an interface of its own");
        }
    }
}

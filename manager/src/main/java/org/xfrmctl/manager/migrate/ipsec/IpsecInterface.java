package org.xfrmctl.manager.migrate.ipsec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                .filter(text -> !text.equalsIgnoreCase("no"))
                .map(text -> text.equalsIgnoreCase("yes") ? "1" : text);
        if (number.isEmpty()) {
            return;
        }
        Origin origin = conn.at("ipsec-interface");
        String name = "ipsec" + number.get();
        Draft.Entry made = draft.logicalInterface(name, origin);
        made.put("type", "xfrm", origin);
        made.put("if_id", number.get(), origin);
        child.put("interface", name, origin);
        child.take("mtu").ifPresent(mtu -> made.put("mtu", mtu, conn.at("mtu")));
        for (String key : List.of("interface-ip", local + "interface-ip")) {
            conn.value(key).ifPresent(address -> made.put("addresses", address, conn.at(key)));
        }
        List<String> routes = new ArrayList<>(made.list("routes"));
        child.list("remote_ts").stream()
                .map(selector -> selector.replaceAll("\\[.*", ""))
                .filter(subnet -> !subnet.equals("dynamic") && !subnet.endsWith("/0") && !routes.contains(subnet))
                .forEach(routes::add);
        if (!routes.isEmpty()) {
            made.put("routes", routes, origin);
        }
    }
}

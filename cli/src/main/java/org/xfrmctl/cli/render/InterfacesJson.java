package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import org.xfrmctl.manager.link.HeldLink;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.link.LinkStatus;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;

/** Interfaces as JSON: an object for each. */
public final class InterfacesJson {
    private InterfacesJson() {}

    public static String status(List<LinkStatus> all) {
        return Json.print(all.stream().map(InterfacesJson::status).toList());
    }

    private static Map<String, Object> status(LinkStatus status) {
        Map<String, Object> object = Json.object(
                "interface",
                status.name(),
                "condition",
                status.condition().toString(),
                "defined",
                status.wanted().map(LogicalInterface::kind).map(Object::toString),
                "held",
                status.held().map(HeldLink::description));
        status.held().ifPresent(held -> {
            object.put("mtu", held.mtu());
            object.put(
                    "addresses",
                    status.addresses().stream().map(IpPrefix::toString).toList());
            object.put("routes", held.routes().stream().map(IpPrefix::toString).toList());
        });
        object.put("notes", status.notes());
        return object;
    }

    /** As {@code ip} would be told them. */
    public static String changes(List<LinkChange> changes) {
        return Json.print(Json.object(
                "changes", changes.stream().map(LinkChange::toString).toList()));
    }
}

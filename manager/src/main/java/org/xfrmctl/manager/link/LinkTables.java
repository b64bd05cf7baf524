package org.xfrmctl.manager.link;

import java.util.List;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;

/** The links of one kernel, by their names. Each change waits for the kernel and throws if that refuses. */
public interface LinkTables {
    /** All of them, of whatever kind and whoever made them. */
    List<HeldLink> list();

    /** As {@link #list}, but who can do it cheaper leaves out addresses and routes. */
    default List<HeldLink> listLinks() {
        return list();
    }

    /** Makes a link that is down, and marks it as ours. */
    void add(String name, LogicalInterface.Kind kind);

    /** Marks a link as ours. */
    void claim(String name);

    /** With it go its addresses and routes. */
    void remove(String name);

    void bringUp(String name);

    void setMtu(String name, int mtu);

    /** Marks it as ours if it is. */
    void addAddress(String name, HeldAddress address);

    void removeAddress(String name, IpPrefix address);

    /** A route that is marked as ours, to what is behind a link that is up. */
    void addRoute(String name, IpPrefix destination);

    void removeRoute(String name, IpPrefix destination);

    /** Has the route that is marked as ours lead to another link, in one step. */
    void moveRoute(IpPrefix destination, String from, String to);
}

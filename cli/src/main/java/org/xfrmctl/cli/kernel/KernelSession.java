package org.xfrmctl.cli.kernel;

import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** A connection to a kernel's tables for the length of a command. */
public final class KernelSession implements AutoCloseable {
    private final XfrmClient client;
    private final XfrmTables tables;

    /** Takes over the transport and closes it with itself. */
    public KernelSession(NetlinkTransport transport) {
        this.client = new XfrmClient(transport);
        this.tables = XfrmTables.of(client);
    }

    public XfrmTables tables() {
        return tables;
    }

    public Snapshot snapshot() {
        return Snapshot.read(tables);
    }

    @Override
    public void close() {
        client.close();
    }
}

package org.xfrmctl.cli;

import java.util.List;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** A connection to a kernel's tables for the length of a command. */
public final class KernelSession implements XfrmTables, AutoCloseable {
    private final XfrmClient client;

    /** Takes over the transport and closes it with itself. */
    public KernelSession(NetlinkTransport transport) {
        this.client = new XfrmClient(transport);
    }

    public Snapshot snapshot() {
        return Snapshot.read(this);
    }

    @Override
    public List<XfrmState> listStates() {
        return client.listStates();
    }

    @Override
    public List<XfrmPolicy> listPolicies() {
        return client.listPolicies();
    }

    @Override
    public void addState(XfrmState state) {
        client.addState(state);
    }

    @Override
    public void updateState(XfrmState state) {
        client.updateState(state);
    }

    @Override
    public void deleteState(SaId id, Mark mark) {
        client.deleteState(id, mark);
    }

    @Override
    public void addPolicy(XfrmPolicy policy) {
        client.addPolicy(policy);
    }

    @Override
    public void updatePolicy(XfrmPolicy policy) {
        client.updatePolicy(policy);
    }

    @Override
    public void deletePolicy(PolicyKey key) {
        client.deletePolicy(key);
    }

    @Override
    public void close() {
        client.close();
    }
}

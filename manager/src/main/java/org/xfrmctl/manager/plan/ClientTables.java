package org.xfrmctl.manager.plan;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** A kernel's tables over netlink. */
record ClientTables(XfrmClient client) implements XfrmTables {
    @Override
    public List<XfrmState> listStates() {
        return client.listStates();
    }

    @Override
    public List<XfrmPolicy> listPolicies() {
        return client.listPolicies();
    }

    @Override
    public Optional<NetlinkException> rehearseState(XfrmState state) {
        return client.rehearseState(state);
    }

    @Override
    public void addState(XfrmState state) {
        client.addState(state);
    }

    @Override
    public void restoreState(XfrmState state) {
        client.restoreState(state);
    }

    @Override
    public void updateState(XfrmState state) {
        client.updateState(state);
    }

    @Override
    public void deleteState(SaId id, Mark mark) {
        client.deleteState(StateKey.of(id, mark));
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

    /** One by itself has the better message: it says what is in its way. */
    @Override
    public List<Optional<NetlinkException>> makeAll(List<Change> changes) {
        return changes.size() == 1
                ? XfrmTables.super.makeAll(changes)
                : client.executeAll(changes.stream().map(ClientTables::request).toList());
    }

    private static Request request(Change change) {
        if (change instanceof Change.AddState add) {
            return XfrmRequests.addState(add.state());
        } else if (change instanceof Change.UpdateState update) {
            return XfrmRequests.updateState(update.state());
        } else if (change instanceof Change.AddPolicy add) {
            return XfrmRequests.addPolicy(add.policy());
        } else if (change instanceof Change.UpdatePolicy update) {
            return XfrmRequests.updatePolicy(update.policy());
        }
        throw new IllegalArgumentException("a removal: " + change);
    }
}

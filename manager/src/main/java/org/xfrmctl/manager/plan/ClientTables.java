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
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** A kernel's tables over netlink, one request at a time. */
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
}

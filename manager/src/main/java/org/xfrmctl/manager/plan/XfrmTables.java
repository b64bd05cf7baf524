package org.xfrmctl.manager.plan;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * The kernel's two tables, as far as a plan reads and changes them.
 *
 * <p>Every operation throws {@link NetlinkException} if the kernel refuses it.
 */
public interface XfrmTables {
    /** The tables at the other end of a netlink socket. */
    static XfrmTables of(XfrmClient client) {
        return new ClientTables(client);
    }

    /** All states, newest first. */
    List<XfrmState> listStates();

    /** All policies, socket policies included. */
    List<XfrmPolicy> listPolicies();

    /** What the kernel would say to this state; empty if it would take it. Changes nothing. */
    Optional<NetlinkException> rehearseState(XfrmState state);

    void addState(XfrmState state);

    /** Adds a state that was removed, with what it had counted. */
    void restoreState(XfrmState state);

    void updateState(XfrmState state);

    void deleteState(SaId id, Mark mark);

    void addPolicy(XfrmPolicy policy);

    void updatePolicy(XfrmPolicy policy);

    void deletePolicy(PolicyKey key);
}

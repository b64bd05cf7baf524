package org.xfrmctl.manager.plan;

import java.util.ArrayList;
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

    /**
     * Adds and changes, in this order.
     *
     * @param changes no removals
     * @return for each what went wrong, empty if nothing did; what comes after a refused one may have been done or not tried,
     *     and is missing in the second case
     * @throws RuntimeException if the kernel did not answer: nobody knows which of them it has made
     */
    default List<Optional<NetlinkException>> makeAll(List<Change> changes) {
        List<Optional<NetlinkException>> outcomes = new ArrayList<>();
        for (Change change : changes) {
            try {
                make(change);
                outcomes.add(Optional.empty());
            } catch (NetlinkException e) {
                if (e.refusal().sequence().isEmpty()) {
                    throw e;
                }
                outcomes.add(Optional.of(e));
                return outcomes;
            }
        }
        return outcomes;
    }

    private void make(Change change) {
        if (change instanceof Change.AddState add) {
            addState(add.state());
        } else if (change instanceof Change.UpdateState update) {
            updateState(update.state());
        } else if (change instanceof Change.AddPolicy add) {
            addPolicy(add.policy());
        } else if (change instanceof Change.UpdatePolicy update) {
            updatePolicy(update.policy());
        } else {
            throw new IllegalArgumentException("a removal: " + change);
        }
    }
}

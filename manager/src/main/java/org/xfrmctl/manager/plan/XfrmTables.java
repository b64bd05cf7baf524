package org.xfrmctl.manager.plan;

import java.util.List;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * The kernel's two tables, as far as a plan reads and changes them. {@code XfrmClient} is this over netlink.
 *
 * <p>Every operation throws {@link org.xfrmctl.netlink.NetlinkException} if the kernel refuses it.
 */
public interface XfrmTables {
    /** All states, newest first. */
    List<XfrmState> listStates();

    /** All policies, socket policies included. */
    List<XfrmPolicy> listPolicies();

    void addState(XfrmState state);

    void updateState(XfrmState state);

    void deleteState(SaId id, Mark mark);

    void addPolicy(XfrmPolicy policy);

    void updatePolicy(XfrmPolicy policy);

    void deletePolicy(PolicyKey key);
}

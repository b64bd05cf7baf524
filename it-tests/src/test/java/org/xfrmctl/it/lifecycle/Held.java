package org.xfrmctl.it.lifecycle;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * What a kernel holds, without counters, times and indexes. Of states with derived keys only what all epochs have
 * in common: a run that was killed has used one up; and how many there are on the way out.
 */
record Held(Set<Object> objects, Set<PolicyKey> protectedOrStopped) {
    private static final String HERE = "192.168.0.100 ";

    static Held of(Snapshot snapshot) {
        Set<Object> objects = new LinkedHashSet<>();
        Map<String, Integer> derived = new TreeMap<>();
        for (XfrmState state : snapshot.states()) {
            if (isDerived(state)) {
                derived.merge(
                        state.source() + " " + state.id().destination() + " "
                                + state.id().protocol() + " " + state.mode() + " " + state.reqid(),
                        1,
                        Integer::sum);
            } else {
                objects.add(state.toBuilder().current(LifetimeCurrent.NONE).build());
            }
        }
        // An up after a rekey that did not begin keeps the inbound epochs that are there: their number is not compared.
        derived.forEach((state, times) -> objects.add(state.startsWith(HERE) ? times + " times " + state : state));
        Set<PolicyKey> safe = new LinkedHashSet<>();
        for (XfrmPolicy policy : snapshot.policies()) {
            if (!policy.direction().isSocket()) {
                objects.add(policy.toBuilder()
                        .index(0)
                        .current(LifetimeCurrent.NONE)
                        .build());
                if (policy.action() == PolicyAction.BLOCK || !policy.templates().isEmpty()) {
                    safe.add(policy.key());
                }
            }
        }
        return new Held(objects, safe);
    }

    /** Far and near are the ones that have no compression, and a suite of their own. */
    static boolean isDerived(XfrmState state) {
        return state.id().protocol().equals(IpProtocol.ESP)
                && state.mode().equals(Mode.TUNNEL)
                && state.algorithms().size() > 1;
    }
}

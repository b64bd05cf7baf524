package org.xfrmctl.it.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** A change that somebody else makes to an object of ours. */
record Harm(String object, String change, Consumer<XfrmTables> deed) {
    static final String DELETE = "delete";
    static final String PRIORITY = "priority";
    static final String BLOCK = "block";
    static final String ALLOW = "allow";
    static final String LEVELS = "levels";
    static final String REQIDS = "reqids";
    static final String LIMITED = "limits";

    private static final String POLICY = " policy ";

    /** By which it is not taken for ours. */
    private static final Reqid OTHER = new Reqid(4711);

    private static final LifetimeLimits LIMITS = new LifetimeLimits(
            LifetimeLimits.Limit.INFINITE,
            new LifetimeLimits.Limit(1_000_000, 2_000_000),
            LifetimeLimits.Limit.NEVER,
            LifetimeLimits.Limit.NEVER);

    /**
     * Every kind of change, to each object that there is.
     *
     * @param here an outbound state from there, whose key is written down, does not come back if it is deleted
     */
    static List<Harm> of(Snapshot snapshot, IpAddress here) {
        List<Harm> harms = new ArrayList<>();
        for (XfrmPolicy policy : snapshot.policies()) {
            if (!policy.direction().isSocket()) {
                toPolicy(harms, policy);
            }
        }
        int[] epochs = new int[2];
        for (XfrmState state : snapshot.states()) {
            if (!state.isImplied()) {
                int direction = state.source().equals(here) ? 0 : 1;
                // The SPI of a derived state is another one after some of the harms: it is known by its place.
                String name = Held.isDerived(state)
                        ? "derived state from " + state.source() + ", " + epochs[direction]++
                        : "state " + state.id();
                toState(harms, name, state, here);
            }
        }
        harms.add(new Harm(
                "all policies",
                DELETE,
                tables -> tables.listPolicies().forEach(each -> tables.deletePolicy(each.key()))));
        return harms;
    }

    private static void toPolicy(List<Harm> harms, XfrmPolicy policy) {
        String name = policy.direction() + POLICY + policy.selector();
        harms.add(new Harm(name, DELETE, tables -> tables.deletePolicy(policy.key())));
        change(harms, name, PRIORITY, policy.toBuilder().priority(7));
        change(harms, name, BLOCK, policy.toBuilder().action(PolicyAction.BLOCK).templates(List.of()));
        change(harms, name, ALLOW, policy.toBuilder().templates(List.of()));
        if (policy.direction() != Direction.OUT) {
            // The kernel refuses tunnels that are optional on the way out.
            change(harms, name, LEVELS, templates(policy, each -> template(each, each.reqid(), Level.USE)));
        }
        change(harms, name, REQIDS, templates(policy, each -> template(each, OTHER, each.level())));
    }

    private static XfrmPolicy.Builder templates(XfrmPolicy policy, UnaryOperator<Template> change) {
        return policy.toBuilder()
                .templates(policy.templates().stream().map(change).toList());
    }

    private static Template template(Template like, Reqid reqid, Level level) {
        return new Template(like.id(), like.source(), reqid, like.mode(), level, like.masks(), like.share());
    }

    private static void change(List<Harm> harms, String name, String what, XfrmPolicy.Builder changed) {
        XfrmPolicy policy = changed.build();
        harms.add(new Harm(name, what, tables -> tables.updatePolicy(policy)));
    }

    private static void toState(List<Harm> harms, String name, XfrmState state, IpAddress here) {
        if (!state.source().equals(here) || Held.isDerived(state)) {
            harms.add(new Harm(name, DELETE, tables -> tables.deleteState(state.id(), state.mark())));
        }
        XfrmState limited = state.toBuilder().limits(LIMITS).build();
        harms.add(new Harm(name, LIMITED, tables -> tables.updateState(limited)));
    }

    /** One that nobody mends, for the same happens when a definition changes and its SPIs do not: it has to be told. */
    static Harm anotherInPlaceOf(XfrmState state) {
        XfrmState other = state.toBuilder().reqid(OTHER).build();
        return new Harm("state " + state.id(), "another in its place", tables -> {
            tables.deleteState(state.id(), state.mark());
            tables.addState(other);
        });
    }

    boolean isToPolicy() {
        return object.contains(POLICY);
    }

    String name() {
        return object + ": " + change;
    }
}

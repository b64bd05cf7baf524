package org.xfrmctl.netlink.fuzz;

import java.util.Comparator;
import java.util.List;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.AsyncEvent;
import org.xfrmctl.netlink.xfrm.Migration;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/**
 * Values for comparison, their attributes that are not interpreted in the order of types: a dump puts some of them first,
 * whatever order they came in.
 */
final class Sorted {
    private Sorted() {}

    static XfrmState of(XfrmState state) {
        return state.toBuilder()
                .options(state.options().withOther(of(state.options().other())))
                .build();
    }

    static XfrmPolicy of(XfrmPolicy policy) {
        return policy.toBuilder().other(of(policy.other())).build();
    }

    static AsyncEvent of(AsyncEvent event) {
        AsyncEvent.Values values = event.values();
        return new AsyncEvent(
                event.id(),
                event.source(),
                event.reqid(),
                event.flags(),
                event.mark(),
                new AsyncEvent.Values(
                        values.replay(),
                        values.current(),
                        values.thresholds(),
                        values.ifId(),
                        values.placement(),
                        of(values.other())));
    }

    static Migration of(Migration migration) {
        return new Migration(
                migration.policy(),
                migration.moves(),
                migration.keyManager(),
                migration.encap(),
                of(migration.other()));
    }

    static XfrmEvent of(XfrmEvent event) {
        if (event instanceof XfrmEvent.StateAdded added) {
            return new XfrmEvent.StateAdded(of(added.state()));
        }
        if (event instanceof XfrmEvent.StateUpdated updated) {
            return new XfrmEvent.StateUpdated(of(updated.state()));
        }
        if (event instanceof XfrmEvent.StateDeleted deleted) {
            return new XfrmEvent.StateDeleted(of(deleted.state()));
        }
        if (event instanceof XfrmEvent.PolicyAdded added) {
            return new XfrmEvent.PolicyAdded(of(added.policy()));
        }
        if (event instanceof XfrmEvent.PolicyUpdated updated) {
            return new XfrmEvent.PolicyUpdated(of(updated.policy()));
        }
        if (event instanceof XfrmEvent.PolicyDeleted deleted) {
            return new XfrmEvent.PolicyDeleted(of(deleted.policy()), deleted.index());
        }
        if (event instanceof XfrmEvent.PolicyExpired expired) {
            return new XfrmEvent.PolicyExpired(of(expired.policy()), expired.hard());
        }
        if (event instanceof XfrmEvent.Acquired asked) {
            return new XfrmEvent.Acquired(
                    asked.id(), asked.source(), asked.packet(), of(asked.policy()), asked.masks(), asked.sequence());
        }
        if (event instanceof XfrmEvent.StateExpired expired) {
            return new XfrmEvent.StateExpired(of(expired.state()), expired.hard());
        }
        if (event instanceof XfrmEvent.StateMoved moved) {
            return new XfrmEvent.StateMoved(of(moved.event()));
        }
        if (event instanceof XfrmEvent.Migrated migrated) {
            return new XfrmEvent.Migrated(of(migrated.migration()));
        }
        return event;
    }

    private static List<RawAttribute> of(List<RawAttribute> other) {
        return other.stream()
                .sorted(Comparator.comparingInt(RawAttribute::type))
                .toList();
    }
}

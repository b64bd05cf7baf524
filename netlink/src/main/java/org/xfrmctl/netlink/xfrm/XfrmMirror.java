package org.xfrmctl.netlink.xfrm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * A kernel's tables, kept by what an {@link XfrmMonitor} tells. The states that the kernel makes by itself are left out,
 * for nobody hears of their end; so are larval ones without SPI. Of a state that went with the device that worked for it
 * nobody hears either: it stays here until the next account. Not safe for several threads.
 */
public final class XfrmMirror implements Consumer<Notice> {
    private record Key(SaId id, Mark mark) {}

    private final Map<Key, XfrmState> states = new LinkedHashMap<>();
    private final Map<PolicyKey, XfrmPolicy> policies = new LinkedHashMap<>();
    private boolean complete;

    /** The states, in no order that means something. */
    public List<XfrmState> states() {
        return List.copyOf(states.values());
    }

    public List<XfrmPolicy> policies() {
        return List.copyOf(policies.values());
    }

    /** Whether the tables are those of the kernel as of the last notice, and not still being read. */
    public boolean isComplete() {
        return complete;
    }

    @Override
    public void accept(Notice notice) {
        if (notice instanceof Notice.Begun) {
            complete = false;
            states.clear();
            policies.clear();
        } else if (notice instanceof Notice.StatePresent present) {
            put(present.state());
        } else if (notice instanceof Notice.PolicyPresent present) {
            put(present.policy());
        } else if (notice instanceof Notice.Synchronized) {
            complete = true;
        } else if (notice instanceof Notice.Happened happened) {
            if (happened.origin().namespace().isEmpty()) {
                apply(happened.event());
            }
        } else {
            throw new AssertionError(notice);
        }
    }

    /** Whether an event does not tell what became of states and policies, so that only the kernel knows. */
    static boolean isUntold(XfrmEvent event) {
        return event instanceof XfrmEvent.Migrated || event instanceof XfrmEvent.Other;
    }

    private void apply(XfrmEvent event) {
        complete &= !isUntold(event);
        if (event instanceof XfrmEvent.StateAdded added) {
            put(added.state());
        } else if (event instanceof XfrmEvent.StateDeleted deleted) {
            states.remove(key(deleted.state()));
        } else if (event instanceof XfrmEvent.StateExpired expired && expired.hard()) {
            states.remove(key(expired.state()));
        } else if (event instanceof XfrmEvent.StatesFlushed flushed) {
            states.keySet().removeIf(key -> isFlushed(key.id().protocol(), flushed.protocol()));
        } else if (event instanceof XfrmEvent.PolicyAdded added) {
            put(added.policy());
        } else if (event instanceof XfrmEvent.PolicyUpdated updated) {
            put(updated.policy());
        } else if (event instanceof XfrmEvent.PolicyDeleted deleted) {
            policies.remove(deleted.policy().key());
        } else if (event instanceof XfrmEvent.PolicyExpired expired && expired.hard()) {
            policies.remove(expired.policy().key());
        } else if (event instanceof XfrmEvent.PoliciesFlushed flushed) {
            Optional<PolicyType> type = flushed.policies();
            policies.keySet()
                    .removeIf(key -> !key.direction().isSocket() && key.type() == type.orElse(PolicyType.MAIN));
        }
    }

    private void put(XfrmState state) {
        if (!state.isImplied() && state.id().spi().bits() != 0) {
            states.put(key(state), state);
        }
    }

    private void put(XfrmPolicy policy) {
        if (!policy.direction().isSocket()) {
            policies.put(policy.key(), policy);
        }
    }

    private static Key key(XfrmState state) {
        return new Key(state.id(), state.mark());
    }

    /** {@code xfrm_id_proto_match()} */
    private static boolean isFlushed(IpProtocol protocol, IpProtocol flushed) {
        return flushed.equals(IpProtocol.ANY)
                || flushed.equals(protocol)
                || (flushed.equals(IpProtocol.IPSEC_ANY) && protocol.isIpsec());
    }
}

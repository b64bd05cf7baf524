package org.xfrmctl.manager.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** A snapshot by the names under which the kernel finds things. Implied states, larval ones and socket policies are left out. */
public final class SnapshotIndex {
    private final Map<SaId, List<XfrmState>> states = new HashMap<>();
    private final Map<PolicyKey, XfrmPolicy> policies = new HashMap<>();
    private final List<XfrmState> named = new ArrayList<>();
    private final List<XfrmPolicy> all = new ArrayList<>();

    public SnapshotIndex(Snapshot snapshot) {
        for (XfrmState state : snapshot.states()) {
            // A larval state without an SPI waits for a keying daemon and cannot be named, let alone deleted.
            if (!state.isImplied() && !state.id().spi().equals(Spi.NONE)) {
                states.computeIfAbsent(state.id(), id -> new ArrayList<>()).add(state);
                named.add(state);
            }
        }
        for (XfrmPolicy policy : snapshot.policies()) {
            if (!policy.direction().isSocket()) {
                policies.put(policy.key(), policy);
                all.add(policy);
            }
        }
    }

    /** The state with the id and the mark of {@code wanted}, whatever its content. */
    public Optional<XfrmState> find(XfrmState wanted) {
        return withId(wanted.id()).stream()
                .filter(state -> state.mark().masked().equals(wanted.mark().masked()))
                .findFirst();
    }

    /** All states with this id, newest first; they differ in their marks. */
    public List<XfrmState> withId(SaId id) {
        return states.getOrDefault(id, List.of());
    }

    public List<XfrmState> states() {
        return named;
    }

    public Optional<XfrmPolicy> find(PolicyKey key) {
        return Optional.ofNullable(policies.get(key));
    }

    public List<XfrmPolicy> policies() {
        return all;
    }
}

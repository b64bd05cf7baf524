package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * Fills an empty namespace with what the dumps of another kernel hold, so that lookups find the same. Keys are replaced: a
 * namespace that was filled so protects nothing, and shows what would happen.
 *
 * <p>What dumps do not tell: the chain that a larval state for other ends than its own stands in; whether a policy that
 * was replaced had the same priority before. Its index stays, so policies are taken to be as old as that.
 */
public final class Restoration {
    private static final int DIRECTION_BITS = 3;

    private final XfrmNamespace namespace;

    public Restoration(XfrmNamespace namespace) {
        this.namespace = namespace;
    }

    /** Both lists as dumps have them, the newest first. The policies of sockets, which are for these alone, are left out. */
    public void fill(List<XfrmState> states, List<XfrmPolicy> policies, DefaultPolicies defaults) {
        namespace.lock().lock();
        try {
            oldestFirst(states).forEach(this::add);
            oldestFirst(policies).stream()
                    .filter(policy -> !policy.direction().isSocket())
                    .sorted(Comparator.comparingInt(policy -> policy.index() >>> DIRECTION_BITS))
                    .forEach(namespace.policies()::update);
            setDefault(Direction.IN, defaults.in());
            setDefault(Direction.FWD, defaults.fwd());
            setDefault(Direction.OUT, defaults.out());
        } finally {
            namespace.lock().unlock();
        }
    }

    private static <T> List<T> oldestFirst(List<T> dump) {
        List<T> list = new ArrayList<>(dump);
        Collections.reverse(list);
        return list;
    }

    private void setDefault(Direction direction, int policy) {
        namespace.defaultAction(direction, policy == DefaultPolicies.BLOCK ? PolicyAction.BLOCK : PolicyAction.ALLOW);
    }

    private void add(XfrmState state) {
        if (isLarval(state)) {
            namespace.states().insertLarval(state);
        } else {
            namespace.states().adopt(withoutKeys(state));
        }
    }

    /** No state of these protocols is without an algorithm but while somebody negotiates. */
    public static boolean isLarval(XfrmState state) {
        IpProtocol protocol = state.id().protocol();
        return protocol.isIpsec() && state.algorithms().isEmpty();
    }

    /** The same state with keys that everybody knows, each of the length of the one that it replaces. */
    public static XfrmState withoutKeys(XfrmState state) {
        return state.toBuilder()
                .algorithms(
                        state.algorithms().stream().map(Restoration::withoutKey).toList())
                .build();
    }

    private static Algorithm withoutKey(Algorithm algorithm) {
        byte[] material = new byte[algorithm.key().length()];
        for (int i = 0; i < material.length; i++) {
            // The parts of 3DES must differ, or the key is refused.
            material[i] = (byte) (i * 37 + 1);
        }
        Key key = Key.of(material);
        if (algorithm instanceof Algorithm.Aead aead) {
            return new Algorithm.Aead(aead.name(), key, aead.icvBits());
        } else if (algorithm instanceof Algorithm.Encryption encryption) {
            return new Algorithm.Encryption(encryption.name(), key);
        } else if (algorithm instanceof Algorithm.Authentication auth) {
            return new Algorithm.Authentication(auth.name(), key, auth.truncationBits());
        }
        return algorithm;
    }
}

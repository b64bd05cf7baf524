package org.xfrmctl.datapath.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.Restoration;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.Walk;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** The states that packets can have come through, one in another, as far as a policy asks for such. */
final class Chains {
    /** More than a person reads. */
    private static final int MOST = 12;

    /** Each chain begins with the outermost state; {@code shortened} if there are more than these. */
    record Found(List<List<XfrmState>> chains, boolean shortened) {}

    private final XfrmNamespace namespace;
    private final Predicate<IpAddress> isLocal;
    private final FlowKey key;

    Chains(XfrmNamespace namespace, Predicate<IpAddress> isLocal, FlowKey key) {
        this.namespace = namespace;
        this.isLocal = isLocal;
        this.key = key;
    }

    /** Those whose states meet each template; without templates, those of one tunnel. */
    Found of(PolicyChoice policy) {
        List<Template> templates = new ArrayList<>();
        policy.taken().forEach(each -> templates.addAll(each.templates()));
        Collections.reverse(templates);
        IfId ifId = policy.taken().stream().findFirst().map(XfrmPolicy::ifId).orElse(IfId.NONE);
        List<List<XfrmState>> chains = templates.isEmpty() ? tunnels() : meeting(templates, ifId);
        List<List<XfrmState>> fitting = chains.stream()
                .filter(chain -> fits(chain, key.flow()))
                .distinct()
                .toList();
        return new Found(fitting.subList(0, Math.min(MOST, fitting.size())), fitting.size() > MOST);
    }

    /** By an XFRM interface comes what came through states with its if_id. */
    private List<List<XfrmState>> tunnels() {
        return namespace.states().list().stream()
                .filter(association -> isUsable(association)
                        && association.mode().equals(Mode.TUNNEL)
                        && key.matches(association.definition().selector())
                        && (key.ifId().isNone()
                                || key.ifId().equals(association.definition().ifId())))
                .map(association -> List.of(association.definition()))
                .limit(1)
                .toList();
    }

    private List<List<XfrmState>> meeting(List<Template> templates, IfId ifId) {
        List<List<XfrmState>> chains = new ArrayList<>();
        chains.add(List.of());
        for (int i = 0; i < templates.size(); i++) {
            Template template = templates.get(i);
            List<XfrmState> states = namespace.states().list().stream()
                    .filter(association -> isUsable(association)
                            && Walk.mismatch(template, association, key.family(), ifId)
                                    .isEmpty())
                    .map(SecurityAssociation::definition)
                    .toList();
            List<List<XfrmState>> longer = new ArrayList<>();
            for (List<XfrmState> chain : chains) {
                for (XfrmState state : states) {
                    List<XfrmState> next = new ArrayList<>(chain);
                    next.add(state);
                    if (isJoined(next)) {
                        longer.add(next);
                    }
                }
            }
            chains = longer;
        }
        return chains;
    }

    private boolean isUsable(SecurityAssociation association) {
        return !association.isImplied()
                && !Restoration.isLarval(association.definition())
                && isLocal.test(association.destination());
    }

    /** Whether what the last but one state gives is something that the last one takes. */
    private static boolean isJoined(List<XfrmState> chain) {
        if (chain.size() < 2) {
            return true;
        }
        XfrmState outer = chain.get(chain.size() - 2);
        XfrmState inner = chain.get(chain.size() - 1);
        return !outer.mode().equals(Mode.TRANSPORT)
                || isBetweenSame(outer, inner.source(), inner.id().destination());
    }

    private static boolean isBetweenSame(XfrmState state, IpAddress source, IpAddress destination) {
        return state.id().destination().equals(destination)
                && (state.source().equals(source) || state.source().isAny());
    }

    /** Whether a packet of this flow can have come through these states. */
    static boolean fits(List<XfrmState> chain, Flow flow) {
        for (int i = 2; i <= chain.size(); i++) {
            if (!isJoined(chain.subList(0, i))) {
                return false;
            }
        }
        if (chain.isEmpty()) {
            return true;
        }
        XfrmState last = chain.get(chain.size() - 1);
        return !last.mode().equals(Mode.TRANSPORT) || isBetweenSame(last, flow.source(), flow.destination());
    }
}

package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * Finds the states for a policy's templates and what fits through them ({@code xfrm_tmpl_resolve},
 * {@code xfrm_bundle_create}). One object for one lookup.
 */
final class BundleBuilder {
    /** {@code net.core.xfrm_acq_expires}. */
    private static final int ACQUIRE_SECONDS = 30;

    private final XfrmNamespace namespace;
    private final FlowKey flow;
    private final Routing routing;
    private final DecisionWatch watch;
    private final List<SecurityAssociation> found = new ArrayList<>();
    /** The destination of the packet that each found state is given: its route bounds what fits. */
    private final List<IpAddress> inputs = new ArrayList<>();

    private IpAddress source;
    private IpAddress destination;
    private Refusal failure = Refusal.FAILED;
    private boolean complete = true;

    BundleBuilder(XfrmNamespace namespace, FlowKey flow, Routing routing, DecisionWatch watch) {
        this.namespace = namespace;
        this.flow = flow;
        this.routing = routing;
        this.watch = watch;
        this.source = flow.source();
        this.destination = flow.destination();
    }

    Decision build(List<XfrmPolicy> policies) {
        int templates =
                policies.stream().mapToInt(policy -> policy.templates().size()).sum();
        if (templates >= Packet.MAX_DEPTH) {
            return refuse(XfrmCounter.OUT_POL_ERROR, Refusal.TOO_DEEP);
        }
        for (XfrmPolicy policy : policies) {
            for (Template template : policy.templates()) {
                if (!resolve(template, policy) && !template.level().isOptional()) {
                    return failure == Refusal.NO_STATE
                            ? refuse(XfrmCounter.OUT_NO_STATES, failure)
                            : refuse(XfrmCounter.OUT_POL_ERROR, failure);
                }
            }
        }
        return found.isEmpty() ? new Decision.Clear() : withMtu();
    }

    /** Whether another lookup would do the same: not if a state was missing, for which it would ask again. */
    boolean isRepeatable() {
        return complete;
    }

    private boolean resolve(Template template, XfrmPolicy policy) {
        IpAddress from = source;
        IpAddress to = destination;
        if (template.mode().equals(Mode.TUNNEL) || template.mode().equals(Mode.BEET)) {
            to = template.destination();
            from = template.source();
            if (from.isAny()) {
                Optional<Routing.Path> path = routing.path(to);
                if (path.isEmpty()) {
                    failure = Refusal.UNREACHABLE;
                    return false;
                }
                from = path.get().source();
            }
        }
        int mark = policy.mark().value() & policy.mark().mask();
        StateQuery query = new StateQuery(template, from, to, mark, policy.ifId(), flow);
        SecurityAssociation association = choose(query, policy);
        if (association == null) {
            return false;
        }
        found.add(association);
        inputs.add(destination);
        source = from;
        destination = to;
        return true;
    }

    private @Nullable SecurityAssociation choose(StateQuery query, XfrmPolicy policy) {
        Selection selection = namespace.states().select(query);
        watch.asked(query, selection);
        if (selection instanceof Selection.Found match) {
            return match.association();
        }
        complete = false;
        failure = selection instanceof Selection.Taken ? Refusal.SPI_TAKEN : Refusal.NO_STATE;
        if (selection instanceof Selection.Missing && namespace.events().wantsAcquires()) {
            XfrmState larval = larval(query, policy);
            if (namespace.events().acquire(larval, policy)) {
                namespace.states().insertLarval(larval, query.destination(), query.source());
            }
        }
        return null;
    }

    /** The state that negotiation is asked for: for exactly this flow ({@code xfrm_init_tempstate}). */
    private XfrmState larval(StateQuery query, XfrmPolicy policy) {
        Template template = query.template();
        Selector selector = new Selector(
                IpPrefix.host(flow.source()),
                IpPrefix.host(flow.destination()),
                new IpProtocol(flow.flow().protocol()),
                PortMatch.exactly(flow.flow().sourcePort()),
                PortMatch.exactly(flow.flow().destinationPort()),
                new Selector.Binding(flow.device(), 0));
        // The template's ends, if it has some: in route optimization they are not those that were looked for.
        IpAddress to = template.id().destination().isAny()
                ? query.destination()
                : template.id().destination();
        IpAddress from = template.source().isAny() ? query.source() : template.source();
        SaId id = new SaId(to, template.id().spi(), template.protocol());
        return XfrmState.builder(id, from)
                .selector(selector)
                .mode(template.mode())
                .reqid(template.reqid())
                .seq(namespace.states().nextAcquire())
                .mark(policy.mark())
                .ifId(policy.ifId())
                .limits(new LifetimeLimits(
                        LifetimeLimits.Limit.INFINITE,
                        LifetimeLimits.Limit.INFINITE,
                        new LifetimeLimits.Limit(0, ACQUIRE_SECONDS),
                        LifetimeLimits.Limit.NEVER))
                .build();
    }

    /** From the outermost inwards: the way's MTU, less what each transform adds ({@code xfrm_init_pmtu}). */
    private Decision withMtu() {
        Optional<Routing.Path> way = wayBefore(found.size());
        if (way.isEmpty()) {
            return refuse(XfrmCounter.OUT_BUNDLE_GEN_ERROR, Refusal.UNREACHABLE);
        }
        int mtu = way.get().mtu();
        List<Bundle.Step> steps = new ArrayList<>(found.size());
        for (int i = found.size() - 1; i >= 0; i--) {
            if (!found.get(i).mode().equals(Mode.TRANSPORT)
                    && !routing.sendsFrom(found.get(i).source())) {
                return refuse(XfrmCounter.OUT_BUNDLE_GEN_ERROR, Refusal.UNREACHABLE);
            }
            steps.add(0, new Bundle.Step(found.get(i), mtu));
            int through = found.get(i).overhead(namespace.random()).through(mtu);
            mtu = wayBefore(i).map(path -> Math.min(through, path.mtu())).orElse(through);
        }
        return new Decision.Protect(new Bundle(mtu, steps));
    }

    /** The way that a packet takes before the state at {@code index}, or behind all of them. */
    private Optional<Routing.Path> wayBefore(int index) {
        for (int i = index - 1; i >= 0; i--) {
            SecurityAssociation wrapping = found.get(i);
            if (!wrapping.mode().equals(Mode.TRANSPORT)) {
                IpAddress to = i + 1 < found.size() ? inputs.get(i + 1) : destination;
                return routing.path(new Routing.Outer(wrapping.source(), to, markBehind(wrapping)));
            }
        }
        return routing.path(flow.destination());
    }

    /** {@code xfrm_smark_get()}, which is asked only of states that set one. */
    private int markBehind(SecurityAssociation wrapping) {
        Mark set = wrapping.definition().options().outputMark().orElse(Mark.NONE);
        return set.equals(Mark.NONE) ? 0 : (set.value() & set.mask()) | (flow.mark() & ~set.mask());
    }

    private Decision refuse(XfrmCounter counter, Refusal refusal) {
        namespace.statistics().increment(counter);
        return new Decision.Refuse(new Verdict.Drop(Optional.of(counter), refusal));
    }
}

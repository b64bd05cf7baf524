package org.xfrmctl.datapath.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;

/**
 * What XFRM does to packets that leave ({@code net/xfrm/xfrm_policy.c}, {@code xfrm_output.c}).
 *
 * <p>Two steps, as in the kernel: {@link #lookup} belongs to routing and gives a bundle, {@link #transform} sends a
 * packet through it. In between the sender sees the bundle's MTU; {@link #forward} does both for a router. Routing the
 * result and fragmenting it is the host's work.
 */
public final class OutputProcessor {
    private static final int IPV6_MINIMUM = 1280;

    private final XfrmNamespace namespace;
    private final OutboundTransform transform;
    private final KnownBundles known;
    private final DecisionWatch watch;

    /** {@code identifications} gives the ID of an outer IPv4 header; one that can never be fragmented has 0. */
    public OutputProcessor(XfrmNamespace namespace, IntSupplier identifications) {
        this(namespace, identifications, DecisionWatch.NONE);
    }

    /** As above; {@code watch} is told of every lookup that is not remembered. */
    public OutputProcessor(XfrmNamespace namespace, IntSupplier identifications, DecisionWatch watch) {
        this.namespace = namespace;
        this.transform = new OutboundTransform(namespace, identifications);
        this.known = new KnownBundles(namespace.revision());
        this.watch = watch;
    }

    /** What the SPD wants for a flow ({@code xfrm_lookup}). Every lookup that fails counts, as every one of the kernel's. */
    public Decision lookup(FlowKey flow, Routing routing) {
        ReentrantLock lock = namespace.lock();
        lock.lock();
        try {
            long now = namespace.runTimers();
            KnownBundles.Known found = known.find(flow, routing);
            if (found == null) {
                return decide(flow, routing, now);
            }
            found.policy().touch(now);
            return found.decision();
        } finally {
            lock.unlock();
        }
    }

    private Decision decide(FlowKey flow, Routing routing, long now) {
        Optional<PolicyEntry> match = namespace.policies().match(Direction.OUT, flow);
        if (match.isEmpty()) {
            return namespace.defaultAction(Direction.OUT) == PolicyAction.BLOCK
                    ? new Decision.Refuse(new Verdict.Drop(Optional.empty(), Refusal.BLOCKED))
                    : new Decision.Clear();
        }
        PolicyEntry first = match.get();
        Optional<PolicyEntry> second = first.type() == PolicyType.SUB && allows(first)
                ? namespace.policies().match(Direction.OUT, PolicyType.MAIN, flow)
                : Optional.empty();
        if (!allows(first) || second.filter(policy -> !allows(policy)).isPresent()) {
            use(first, second, now);
            namespace.statistics().increment(XfrmCounter.OUT_POL_BLOCK);
            return new Decision.Refuse(new Verdict.Drop(Optional.of(XfrmCounter.OUT_POL_BLOCK), Refusal.BLOCKED));
        }
        List<XfrmPolicy> policies = second.map(policy -> List.of(first.snapshot(), policy.snapshot()))
                .orElse(List.of(first.snapshot()));
        RecordedRoutes routes = new RecordedRoutes(routing);
        BundleBuilder builder = new BundleBuilder(namespace, flow, routes, watch);
        Decision decision = builder.build(policies);
        // A policy without states for it has not been used (xfrm_lookup_with_ifid()).
        if (!(decision instanceof Decision.Refuse)) {
            use(first, second, now);
        }
        if (decision instanceof Decision.Protect protect && second.isEmpty() && builder.isRepeatable()) {
            known.add(flow, routes, first, protect);
        }
        return decision;
    }

    private static boolean allows(PolicyEntry policy) {
        return policy.definition().action() != PolicyAction.BLOCK;
    }

    private static void use(PolicyEntry first, Optional<PolicyEntry> second, long now) {
        first.touch(now);
        second.ifPresent(policy -> policy.touch(now));
    }

    /**
     * Sends a packet through a bundle. Its bytes change in place; of a packet that is dropped nothing can be said.
     *
     * @param packet complete, with its IP header; bytes behind the stated length are cut off
     */
    public Verdict transform(Packet packet, Bundle bundle) {
        ReentrantLock lock = namespace.lock();
        lock.lock();
        try {
            List<Bundle.Step> steps = bundle.steps();
            for (int i = 0; i < steps.size(); i++) {
                Optional<XfrmCounter> error = transform.apply(packet, steps.get(i));
                if (error.isPresent()) {
                    namespace.statistics().increment(error.get());
                    return new Verdict.Drop(error, Refusal.FAILED);
                }
            }
            return packet.forward();
        } finally {
            lock.unlock();
        }
    }

    /** What all transforms of a bundle put in front of a packet. */
    public int headerLength(Bundle bundle) {
        ReentrantLock lock = namespace.lock();
        lock.lock();
        try {
            return bundle.steps().stream()
                    .mapToInt(step ->
                            step.association().overhead(namespace.random()).headerLength())
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Both steps for a packet in transit, with the size check between them ({@code ip_forward}, {@code ip6_forward}).
     * The hop limit is decremented after the check, so that an error quotes the packet as it came.
     */
    public Verdict forward(Packet packet, FlowKey flow, Routing routing) {
        return forward(packet, flow, routing, (passing, bundle) -> {});
    }

    /** As above, with somebody who sees the packet in between, once its way is known and before any transform. */
    public Verdict forward(Packet packet, FlowKey flow, Routing routing, Passage passage) {
        Decision decision = lookup(flow, routing);
        if (decision instanceof Decision.Refuse refuse) {
            return refuse.drop();
        }
        Optional<Bundle> bundle =
                decision instanceof Decision.Protect protect ? Optional.of(protect.bundle()) : Optional.empty();
        int mtu = bundle.map(Bundle::mtu)
                .or(() -> routing.path(flow.destination()).map(Routing.Path::mtu))
                .orElse(Integer.MAX_VALUE);
        IpHeader ip = IpHeader.read(packet.buffer()).orElseThrow();
        Optional<Verdict> tooBig = checkSize(ip, mtu, bundle);
        if (tooBig.isPresent()) {
            return tooBig.get();
        }
        ip.hopLimit(ip.hopLimit() - 1);
        ip.finish(ip.totalLength());
        passage.pass(packet, bundle);
        return bundle.isPresent() ? transform(packet, bundle.get()) : new Verdict.Forward(packet);
    }

    private Optional<Verdict> checkSize(IpHeader ip, int mtu, Optional<Bundle> bundle) {
        int length = ip.totalLength();
        if (length <= mtu || (ip instanceof Ipv4Header v4 && !v4.dontFragment())) {
            return Optional.empty();
        }
        if (ip.family() == Family.INET) {
            return Optional.of(new Verdict.TooBig(mtu));
        }
        if (length > IPV6_MINIMUM || mtu >= IPV6_MINIMUM) {
            return Optional.of(new Verdict.TooBig(Math.max(mtu, IPV6_MINIMUM)));
        }
        // Forwarding lets 1280 bytes pass. A tunnel cannot cut them and says what would really fit (ip6_fragment());
        // BEET finds it out among the transforms, and counts it.
        Optional<Mode> mode =
                bundle.map(found -> found.steps().get(0).association().mode());
        if (mode.filter(Mode.BEET::equals).isPresent()) {
            countTooLong();
        }
        return mode.filter(first -> first.equals(Mode.TUNNEL) || first.equals(Mode.BEET))
                .map(first -> new Verdict.TooBig(mtu));
    }

    /** Counts a packet that its sender let pass and that a mode finds too long for what it is put into. */
    public void countTooLong() {
        namespace.lock().lock();
        try {
            namespace.statistics().increment(XfrmCounter.OUT_STATE_MODE_ERROR);
        } finally {
            namespace.lock().unlock();
        }
    }
}

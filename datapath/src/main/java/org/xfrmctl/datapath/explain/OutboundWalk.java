package org.xfrmctl.datapath.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Bundle;
import org.xfrmctl.datapath.engine.Decision;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.Refusal;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.explain.Explanation.Cut;
import org.xfrmctl.datapath.explain.Explanation.Fate;
import org.xfrmctl.datapath.explain.Explanation.Hop;
import org.xfrmctl.datapath.explain.Explanation.Limit;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmCounter;

/** One packet's way out, by lookups and transforms of the engine; one object for one question. */
final class OutboundWalk {
    private static final int FRAGMENT_HEADERS = 48;
    private static final int UNIT = 8;
    private static final int LEAST_V6 = 1280;

    private final Tables tables;
    private final Routing routing;
    private final Question question;
    private final boolean forwarded;

    private final XfrmNamespace namespace;
    private final TemplateWatch watch;
    private final OutputProcessor output;
    private final Rises.Before before;
    private final List<Hop> hops = new ArrayList<>();

    OutboundWalk(Tables tables, Routing routing, Question question, boolean forwarded) {
        this.tables = tables;
        this.routing = routing;
        this.question = question;
        this.forwarded = forwarded;
        this.namespace = tables.open();
        this.watch = new TemplateWatch(namespace);
        this.output = new OutputProcessor(namespace, () -> 1, watch);
        this.before = new Rises.Before(namespace, namespace.states().list());
    }

    Explanation.Outbound walk() {
        Optional<Routing.Path> path = routing.path(question.destination());
        FlowKey key = key(path);
        PolicyChoice policy = PolicyWalk.choose(namespace, Direction.OUT, key);
        if (path.isEmpty()) {
            return answer(policy, Optional.empty(), new Fate.Unroutable());
        }
        if (forwarded && path.get().here()) {
            return answer(policy, Optional.empty(), new Fate.ForThisHost());
        }
        Decision decision = output.lookup(key, routing);
        if (decision instanceof Decision.Refuse refuse) {
            return answer(
                    policy,
                    Optional.empty(),
                    new Fate.Dropped(refuse.drop().counter(), refuse.drop().refusal(), List.of()));
        }
        Optional<Bundle> bundle =
                decision instanceof Decision.Protect protect ? Optional.of(protect.bundle()) : Optional.empty();
        Limit limit = limit(bundle, path.get().mtu());
        if (!question.ifId().isNone()) {
            return answer(policy, bundle.map(found -> limit), byInterface(bundle, limit));
        }
        Fate fate = forwarded ? forward(key, bundle, limit) : send(bundle, limit);
        return answer(policy, Optional.of(limit), fate);
    }

    private Explanation.Outbound answer(PolicyChoice policy, Optional<Limit> limit, Fate fate) {
        return new Explanation.Outbound(policy, watch.answers(), hops, limit, fate, before.rises());
    }

    /** On IPv6 a socket that is not bound to a device has none in its flow; what is passed on has that of its route. */
    private FlowKey key(Optional<Routing.Path> path) {
        boolean routed = forwarded || question.family() == Family.INET;
        int device = question.device() != 0 || !routed
                ? question.device()
                : path.map(Routing.Path::device).orElse(0);
        return new FlowKey(question.flow(), question.mark(), device, question.ifId());
    }

    /** IPv6 looks at what fits through the transforms only where the first of them is a tunnel ({@code ip6_setup_cork()}). */
    private Limit limit(Optional<Bundle> bundle, int clear) {
        if (bundle.isEmpty()) {
            return new Limit(clear, clear);
        }
        int way = lastWay(bundle.get());
        boolean byPath = !forwarded
                && question.ifId().isNone()
                && question.family() == Family.INET6
                && !begins(bundle.get(), Mode.TUNNEL);
        return new Limit(byPath ? way : bundle.get().mtu(), way);
    }

    private static int lastWay(Bundle bundle) {
        return bundle.steps().get(bundle.steps().size() - 1).childMtu();
    }

    private static boolean begins(Bundle bundle, Mode mode) {
        return bundle.steps().get(0).association().mode().equals(mode);
    }

    /** As {@code xfrmi_xmit()} does, for packets of this host and others alike. */
    private Fate byInterface(Optional<Bundle> bundle, Limit limit) {
        boolean ours = bundle.filter(found ->
                        found.steps().get(0).association().definition().ifId().equals(question.ifId()))
                .isPresent();
        if (!ours) {
            return new Fate.Unprotected();
        }
        // Every link of IPv6 takes 1280 bytes, so nobody can be told to send less.
        boolean v6 = question.family() == Family.INET6;
        boolean mustFit = v6 ? question.size() > LEAST_V6 : question.whole();
        return question.size() > bundle.get().mtu() && mustFit
                ? new Fate.TooLong(
                        v6
                                ? Math.max(bundle.get().mtu(), LEAST_V6)
                                : bundle.get().mtu(),
                        true)
                : through(bundle.get(), question.size(), limit, false);
    }

    /** The size is for the engine to judge, in tables of its own; then each step is looked at. */
    private Fate forward(FlowKey key, Optional<Bundle> bundle, Limit limit) {
        Packet packet = packet(question.size());
        Verdict verdict = new OutputProcessor(tables.open(), () -> 1).forward(packet, key, routing);
        if (verdict instanceof Verdict.TooBig tooBig) {
            if (question.family() == Family.INET6
                    && bundle.filter(found -> begins(found, Mode.BEET)).isPresent()
                    && question.size() <= limit.mtu()) {
                output.countTooLong();
            }
            return new Fate.TooLong(tooBig.mtu(), true);
        }
        return bundle.isPresent() ? through(bundle.get(), question.size(), limit, false) : leaves(packet, limit);
    }

    private Fate send(Optional<Bundle> bundle, Limit limit) {
        boolean v6 = question.family() == Family.INET6;
        if (question.size() > limit.mtu() && question.whole()) {
            return new Fate.TooLong(limit.mtu(), false);
        }
        if (bundle.isEmpty()) {
            return leaves(packet(question.size()), limit);
        }
        if (v6
                && question.whole()
                && begins(bundle.get(), Mode.BEET)
                && question.size() > bundle.get().mtu()) {
            output.countTooLong();
            return new Fate.TooLong(bundle.get().mtu(), false);
        }
        return v6
                        && begins(bundle.get(), Mode.TUNNEL)
                        && question.size() > bundle.get().mtu()
                ? cutBefore(bundle.get(), limit)
                : through(bundle.get(), question.size(), limit, isCuttable(bundle.get()));
    }

    /** An IPv4 packet that BEET makes one of IPv6 loses its don't-fragment bit. */
    private boolean isCuttable(Bundle bundle) {
        return !question.whole()
                || (question.family() == Family.INET
                        && bundle.steps().stream()
                                .anyMatch(step -> step.association().mode().equals(Mode.BEET)
                                        && step.association().source().family() == Family.INET6));
    }

    /** Fragments of IPv6, each of which is a packet to the states. */
    private Fate cutBefore(Bundle bundle, Limit limit) {
        int room = bundle.mtu() - FRAGMENT_HEADERS;
        int unit = room & -UNIT;
        if (unit < UNIT) {
            return new Fate.TooLong(bundle.mtu(), false);
        }
        List<Integer> pieces = new ArrayList<>();
        int rest = question.size() - (FRAGMENT_HEADERS - UNIT);
        while (rest > 0) {
            int taken = rest <= room ? rest : unit;
            Fate fate = through(bundle, FRAGMENT_HEADERS + taken, limit, pieces.isEmpty() && !question.whole());
            if (fate instanceof Fate.Dropped dropped) {
                return new Fate.Dropped(dropped.counter(), dropped.refusal(), pieces);
            } else if (!(fate instanceof Fate.Leaves)) {
                return fate;
            }
            pieces.addAll(((Fate.Leaves) fate).pieces());
            rest -= taken;
        }
        return new Fate.Leaves(pieces, Cut.BEFORE);
    }

    private Packet packet(int length) {
        Packet packet = new Packet(PacketBuffer.of(question.packet(false, length)));
        packet.mark(question.mark());
        return packet;
    }

    private Fate through(Bundle bundle, int length, Limit limit, boolean cuttable) {
        Packet packet = packet(length);
        packet.identified(cuttable);
        boolean first = hops.isEmpty();
        for (Bundle.Step step : bundle.steps()) {
            Verdict verdict = output.transform(packet, new Bundle(bundle.mtu(), List.of(step)));
            if (verdict instanceof Verdict.Drop drop) {
                return new Fate.Dropped(drop.counter(), drop.refusal(), List.of());
            }
            if (first) {
                hops.add(hop(step, packet));
            }
        }
        return tooLong(packet, cuttable, limit.way()).orElseGet(() -> leaves(packet, limit));
    }

    private Hop hop(Bundle.Step step, Packet packet) {
        IpHeader ip = IpHeader.read(packet.buffer()).orElseThrow();
        return new Hop(
                step.association().definition(),
                ip.totalLength(),
                ip.source(),
                ip.destination(),
                ip.protocol(),
                step.association().definition().options().encap(),
                packet.mark(),
                namespace.blockOf(step.association()));
    }

    /** What has become too long behind all checks: of IPv6 the sender is told, IPv4 is lost. */
    private Optional<Fate> tooLong(Packet packet, boolean cuttable, int mtu) {
        IpHeader ip = IpHeader.read(packet.buffer()).orElseThrow();
        if (cuttable || ip.totalLength() <= mtu) {
            return Optional.empty();
        }
        if (ip instanceof Ipv4Header v4) {
            return v4.dontFragment()
                    ? Optional.of(new Fate.Dropped(Optional.<XfrmCounter>empty(), Refusal.FAILED, List.of()))
                    : Optional.empty();
        }
        return forwarded || !question.ifId().isNone() ? Optional.empty() : Optional.of(new Fate.TooLong(mtu, false));
    }

    private static Fate leaves(Packet packet, Limit limit) {
        int length = IpHeader.read(packet.buffer()).orElseThrow().totalLength();
        return new Fate.Leaves(List.of(length), length > limit.way() ? Cut.AFTER : Cut.NOT);
    }
}

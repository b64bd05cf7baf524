package org.xfrmctl.datapath.explain;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.DecisionWatch;
import org.xfrmctl.datapath.engine.InputProcessor;
import org.xfrmctl.datapath.engine.Mismatch;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.Walk;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.explain.Explanation.Cause;
import org.xfrmctl.datapath.explain.Explanation.NotMet;
import org.xfrmctl.datapath.explain.Explanation.Verdict;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** One packet that comes in, with tables of its own. */
final class Arrival implements DecisionWatch {
    private static final int NO_PORT = 0;

    private final Tables tables;
    private final Question question;
    private final Direction direction;
    private final PolicyChoice policy;
    private final List<XfrmState> chain;
    private final XfrmNamespace namespace;
    private final InputProcessor input;
    private final Rises.Before before;
    private @Nullable Cause cause;

    Arrival(Tables tables, Question question, Direction direction, PolicyChoice policy, List<XfrmState> chain) {
        this.tables = tables;
        this.question = question;
        this.direction = direction;
        this.policy = policy;
        this.chain = chain;
        this.namespace = tables.open();
        this.input = new InputProcessor(namespace, this);
        this.before = new Rises.Before(namespace, namespace.states().list());
    }

    Rises rises() {
        return before.rises();
    }

    Verdict judge(Sealing.Sealed sealed) {
        if (sealed.encap().isPresent() && !tables.hasSocketPolicies()) {
            // The datagram is asked about first, unless its socket says that it need not be.
            var drop = input.check(packet(sealed.wire().toArray()), Direction.IN);
            if (drop.isPresent()) {
                return new Verdict.Dropped(drop.get().counter(), new Cause.Datagram());
            }
        }
        Packet packet = packet(sealed.bare().toArray());
        int encap = sealed.encap().map(found -> found.type()).orElse(0);
        int port = sealed.encap().map(found -> found.sourcePort()).orElse(NO_PORT);
        while (isForStates(packet)) {
            var verdict = input.receive(packet, encap, port);
            if (verdict instanceof org.xfrmctl.datapath.engine.Verdict.Drop drop) {
                return new Verdict.Dropped(drop.counter(), new Cause.OnTheWay());
            }
            encap = 0;
        }
        if (!Flow.of(packet.buffer()).equals(Optional.of(question.flow()))) {
            return new Verdict.Impossible();
        }
        if (!question.ifId().isNone()) {
            packet.enter(question.device(), question.ifId());
        }
        return input.check(packet, direction)
                .<Verdict>map(drop -> new Verdict.Dropped(drop.counter(), cause(packet, drop.counter())))
                .orElseGet(Verdict.Accepted::new);
    }

    private Packet packet(byte[] bytes) {
        Packet packet = new Packet(PacketBuffer.of(bytes));
        packet.device(question.device());
        packet.mark(question.mark());
        return packet;
    }

    /** Whether states take the packet as it is now; the one that is asked about is left to the policy. */
    private boolean isForStates(Packet packet) {
        IpHeader ip = IpHeader.read(packet.buffer()).orElseThrow();
        int protocol = packet.buffer().u8(0) >> 4 == 4
                ? ip.protocol()
                : Ipv6Chain.walk(packet.buffer()).protocol();
        boolean asked = Flow.of(packet.buffer()).equals(Optional.of(question.flow()));
        return !asked
                && InputProcessor.accepts(protocol)
                && chain.stream().anyMatch(state -> state.id().destination().equals(ip.destination()));
    }

    private Cause cause(Packet packet, Optional<XfrmCounter> counter) {
        if (cause != null) {
            return cause;
        } else if (counter.filter(XfrmCounter.IN_BUFFER_ERROR::equals).isPresent()) {
            return new Cause.TooDeep();
        }
        boolean tunnelled = counter.filter(XfrmCounter.IN_NO_POLS::equals).isPresent()
                && !policy.blocks()
                && !packet.path().isEmpty();
        return tunnelled ? new Cause.NoPolicy() : new Cause.Blocked();
    }

    @Override
    public void uncovered(SecurityAssociation association) {
        cause = new Cause.Uncovered(association.definition());
    }

    @Override
    public void leftOver(SecurityAssociation tunnel) {
        cause = new Cause.LeftOver(tunnel.definition());
    }

    @Override
    public void unmet(Template template, List<SecurityAssociation> path) {
        IfId ifId = policy.taken().stream().findFirst().map(XfrmPolicy::ifId).orElse(IfId.NONE);
        cause = new Cause.Unmet(
                template,
                path.stream()
                        .map(association -> new NotMet(association.definition(), mismatch(template, association, ifId)))
                        .toList());
    }

    private Optional<Mismatch> mismatch(Template template, SecurityAssociation association, IfId ifId) {
        return Walk.mismatch(template, association, question.family(), ifId);
    }
}

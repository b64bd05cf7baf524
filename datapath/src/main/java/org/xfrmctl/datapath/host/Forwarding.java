package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.XfrmCounter;

/** A router's way with a packet that policy has let pass, in the order of {@code ip_forward}. */
final class Forwarding {
    private final XfrmNamespace namespace;
    private final RoutingTable routing;
    private final OutputProcessor output;
    private final Egress egress;
    private final IcmpErrors errors;
    private final PacketRules rules;

    Forwarding(
            XfrmNamespace namespace,
            RoutingTable routing,
            OutputProcessor output,
            Egress egress,
            IcmpErrors errors,
            PacketRules rules) {
        this.rules = rules;
        this.namespace = namespace;
        this.routing = routing;
        this.output = output;
        this.egress = egress;
        this.errors = errors;
    }

    void forward(Packet packet) {
        PacketBuffer buffer = packet.buffer();
        IpHeader ip = IpHeader.read(buffer).orElseThrow();
        if (ip.hopLimit() <= 1) {
            errors.timeExceeded(buffer);
            return;
        }
        Optional<Routing.Path> path = routing.path(ip.destination());
        Optional<Flow> flow = Flow.of(buffer);
        if (path.isEmpty()) {
            errors.unreachable(buffer);
        } else if (flow.isEmpty()) {
            count(XfrmCounter.FWD_HDR_ERROR);
        } else {
            FlowKey key = new FlowKey(flow.get(), packet.mark(), path.get().device(), IfId.NONE);
            send(
                    packet,
                    output.forward(packet, key, routing, (passing, bundle) -> rules.forward(passing, bundle, routing)));
        }
    }

    private void send(Packet packet, Verdict verdict) {
        if (verdict instanceof Verdict.Forward forward) {
            egress.send(forward.packet().buffer());
        } else if (verdict instanceof Verdict.TooBig tooBig) {
            errors.tooBig(packet.buffer(), tooBig.mtu());
        }
        // A drop has no ICMP: policy is nobody's business.
    }

    private void count(XfrmCounter counter) {
        namespace.lock().lock();
        try {
            namespace.statistics().increment(counter);
        } finally {
            namespace.lock().unlock();
        }
    }
}

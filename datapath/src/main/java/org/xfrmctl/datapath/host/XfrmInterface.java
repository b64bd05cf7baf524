package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Bundle;
import org.xfrmctl.datapath.engine.Decision;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.host.DeviceCounters.Counter;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.datapath.link.Port;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mode;

/**
 * An interface that sends through the policies with its if_id, and on which what comes through states with that if_id
 * comes in ({@code net/xfrm/xfrm_interface_core.c}). It is the far end of a link of its own: what is routed to it arrives
 * here, whatever the next hop.
 */
public final class XfrmInterface implements Port {
    private static final int LEAST_V6 = 1280;

    private final IfId ifId;
    private final RoutingTable routing;
    private final OutputProcessor output;
    private final Egress egress;
    private final IcmpErrors errors;
    private final PacketRules rules;
    private final DeviceCounters counters = new DeviceCounters();

    XfrmInterface(
            IfId ifId,
            RoutingTable routing,
            OutputProcessor output,
            Egress egress,
            IcmpErrors errors,
            PacketRules rules) {
        this.rules = rules;
        this.ifId = ifId;
        this.routing = routing;
        this.output = output;
        this.egress = egress;
        this.errors = errors;
    }

    public IfId ifId() {
        return ifId;
    }

    public DeviceCounters counters() {
        return counters;
    }

    /** Everybody lives behind it. */
    @Override
    public boolean owns(IpAddress address) {
        return true;
    }

    /** A packet to be sent ({@code xfrmi_xmit}). */
    @Override
    public void receive(byte[] bytes) {
        PacketBuffer packet = PacketBuffer.of(bytes);
        Optional<IpHeader> ip = IpHeader.read(packet);
        Optional<Flow> flow = Flow.of(packet);
        if (ip.isEmpty() || flow.isEmpty()) {
            dropped();
            return;
        }
        int device =
                routing.path(ip.get().destination()).map(path -> path.device()).orElse(0);
        Decision decision = output.lookup(new FlowKey(flow.get(), 0, device, ifId), routing);
        if (decision instanceof Decision.Protect protect && isOurs(protect.bundle())) {
            send(packet, ip.get(), protect.bundle());
            return;
        }
        // No policy, no state, or one of another interface: as if the cable were unplugged.
        counters.increment(Counter.TX_CARRIER_ERRORS);
        errors.hostUnreachable(packet);
        dropped();
    }

    private boolean isOurs(Bundle bundle) {
        return bundle.steps().get(0).association().definition().ifId().equals(ifId);
    }

    private void send(PacketBuffer packet, IpHeader ip, Bundle bundle) {
        if (leadsBack(outerDestination(ip, bundle))) {
            counters.increment(Counter.COLLISIONS);
            dropped();
            return;
        }
        if (packet.length() > bundle.mtu() && mustFit(packet, ip)) {
            int mtu = ip instanceof Ipv4Header ? bundle.mtu() : Math.max(bundle.mtu(), LEAST_V6);
            routing.learn(ip.destination(), bundle.mtu());
            errors.tooBig(packet, mtu);
            dropped();
            return;
        }
        Packet inner = new Packet(packet);
        rules.leave(packet, bundle, routing);
        if (!(output.transform(inner, bundle) instanceof Verdict.Forward forward)) {
            counters.increment(Counter.TX_ERRORS);
            counters.increment(Counter.TX_ABORTED_ERRORS);
            return;
        }
        counters.increment(Counter.TX_PACKETS);
        egress.send(forward.packet().buffer());
    }

    /** Every IPv6 link takes 1280 bytes, so nobody can be told to send less ({@code xfrmi_xmit2}). */
    private static boolean mustFit(PacketBuffer packet, IpHeader ip) {
        return ip instanceof Ipv4Header v4 ? v4.dontFragment() : packet.length() > LEAST_V6;
    }

    /** Where the packet goes when the transforms are through with it. */
    private static IpAddress outerDestination(IpHeader ip, Bundle bundle) {
        IpAddress destination = ip.destination();
        for (Bundle.Step step : bundle.steps()) {
            SecurityAssociation association = step.association();
            destination = association.mode().equals(Mode.TRANSPORT) ? destination : association.destination();
        }
        return destination;
    }

    /** Whether what comes out would be routed into the same interface again. */
    private boolean leadsBack(IpAddress destination) {
        return routing.lookup(destination)
                .filter(route -> route.device().link().isAttached(this))
                .isPresent();
    }

    private void dropped() {
        counters.increment(Counter.TX_ERRORS);
        counters.increment(Counter.TX_DROPPED);
    }
}

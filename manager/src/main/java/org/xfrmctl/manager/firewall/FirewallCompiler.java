package org.xfrmctl.manager.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.HeaderOptions.CopyDf;
import org.xfrmctl.model.definition.LogicalInterface;

/** Makes a child's rules of what it has in the kernel and of its options. */
public final class FirewallCompiler {
    /** Destination unreachable, fragmentation needed (RFC 792). */
    private static final int UNREACHABLE = 3;

    private static final int FRAGMENTATION_NEEDED = 4;
    /** Packet too big (RFC 4443). */
    private static final int TOO_BIG = 2;

    private final Child child;
    private final DesiredChild desired;
    private final IpAddress local;
    private final IpAddress remote;
    private final Optional<String> device;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private FirewallCompiler(Child child, DesiredChild desired, List<LogicalInterface> interfaces) {
        this.child = child;
        this.desired = desired;
        this.local = child.endpoints().local();
        this.remote = child.endpoints().remote();
        IfId ifId = child.policy().marks().ifIdOut();
        this.device = interfaces.stream()
                .filter(each -> each.kind() instanceof LogicalInterface.Kind.Xfrm xfrm
                        && xfrm.ifId().equals(ifId))
                .map(LogicalInterface::name)
                .findFirst();
    }

    /**
     * Compiles the chosen children of a definition.
     *
     * @param chosen what the definition asks of the kernel for them; keys do not matter
     * @param mtus asked only where the MSS follows from what the way to the peer takes
     */
    public static List<ChildFirewall> compile(
            Definition definition, DesiredState chosen, Function<DesiredChild, ChildMtu> mtus) {
        Map<ChildName, Child> children =
                definition.children().collect(Collectors.toMap(Child::name, Function.identity()));
        return chosen.children().stream()
                .map(desired -> compile(
                        Objects.requireNonNull(children.get(desired.name())), desired, definition.interfaces(), mtus))
                .toList();
    }

    /**
     * Compiles one child.
     *
     * @param interfaces those of the definition
     */
    static ChildFirewall compile(
            Child child,
            DesiredChild desired,
            List<LogicalInterface> interfaces,
            Function<DesiredChild, ChildMtu> mtus) {
        FirewallCompiler compiler = new FirewallCompiler(child, desired, interfaces);
        compiler.outerPackets();
        compiler.protectedPackets();
        MssRules.of(child, desired, mtus).forEach(compiler.rules::add);
        compiler.dontFragment();
        return new ChildFirewall(child.name(), compiler.rules, compiler.missing);
    }

    /** What the peer sends, as it arrives. */
    private void outerPackets() {
        XfrmState outermost = last(desired.inbound());
        if (outermost.options().encap().isPresent()) {
            Encap encap = outermost.options().encap().get();
            // A NAT on the way may send from another port than the peer.
            accept(
                    Hook.INPUT,
                    PacketMatch.of(
                            between(remote, local, IpProtocol.UDP, PortMatch.ANY, exactly(encap.destinationPort()))),
                    "ESP of the peer, in UDP");
        } else {
            IpProtocol protocol = outermost.id().protocol();
            accept(
                    Hook.INPUT,
                    PacketMatch.of(between(remote, local, protocol, PortMatch.ANY, PortMatch.ANY)),
                    (protocol.equals(IpProtocol.AH) ? "AH" : "ESP") + " of the peer");
        }
        if (!desired.implied().isEmpty()) {
            families().forEach(this::uncompressed);
        }
        accept(Hook.INPUT, PacketMatch.of(tooBig()), "routers that say how long packets may be");
    }

    /** What compression did not make smaller comes out of ESP as IP in IP, and passes the hook once more. */
    private void uncompressed(Family inner) {
        IpProtocol protocol = inner == Family.INET6 ? IpProtocol.IPV6 : IpProtocol.IPIP;
        Selector selector = between(remote, local, protocol, PortMatch.ANY, PortMatch.ANY);
        accept(
                Hook.INPUT,
                PacketMatch.of(selector, Direction.IN, desired.reqid()),
                "out of ESP, not compressed: IP in IP");
    }

    private List<Family> families() {
        return desired.policies(Direction.OUT).stream()
                .map(policy -> policy.selector().family())
                .distinct()
                .toList();
    }

    private Selector tooBig() {
        boolean v6 = local.family() == Family.INET6;
        return new Selector(
                IpPrefix.any(local.family()),
                IpPrefix.host(local),
                v6 ? IpProtocol.ICMPV6 : IpProtocol.ICMP,
                exactly(v6 ? TOO_BIG : UNREACHABLE),
                exactly(v6 ? 0 : FRAGMENTATION_NEEDED),
                Selector.Binding.NONE);
    }

    /** What is in it: for this host, and in tunnel mode for others. */
    private void protectedPackets() {
        boolean forwards = child.traffic().mode().equals(Mode.TUNNEL);
        for (XfrmPolicy policy : desired.policies(Direction.IN)) {
            PacketMatch came = PacketMatch.of(policy.selector(), Direction.IN, desired.reqid());
            accept(Hook.INPUT, came, "protected, for this host");
            if (forwards) {
                accept(Hook.FORWARD, came, "protected, from the peer");
            }
        }
        if (forwards) {
            desired.policies(Direction.OUT).forEach(this::toPeer);
        }
    }

    /** What is routed into an interface meets the policies there, behind this hook: nothing but its name tells it. */
    private void toPeer(XfrmPolicy policy) {
        String purpose = "to be protected, to the peer";
        Selector selector = policy.selector();
        if (policy.ifId().equals(IfId.NONE)) {
            accept(Hook.FORWARD, PacketMatch.of(selector, Direction.OUT, desired.reqid()), purpose);
        } else if (device.isPresent()) {
            accept(Hook.FORWARD, PacketMatch.leavingBy(selector, device.get()), purpose);
        } else {
            missing.add("what is routed from " + selector.source() + " to " + selector.destination()
                    + " into the XFRM interface with if_id " + policy.ifId()
                    + ", for its name is not known");
        }
    }

    /** The outer header of IPv4 alone has a DF, and only that of a tunnel is this host's to choose. */
    private void dontFragment() {
        boolean chosen = child.headers().copyDf() == CopyDf.SET
                && child.traffic().mode().equals(Mode.TUNNEL)
                && local.family() == Family.INET;
        if (chosen) {
            XfrmState outermost = last(desired.outbound());
            Selector outer = outermost
                    .options()
                    .encap()
                    .map(encap -> between(
                            local,
                            remote,
                            IpProtocol.UDP,
                            exactly(encap.sourcePort()),
                            exactly(encap.destinationPort())))
                    .orElseGet(() -> between(local, remote, outermost.id().protocol(), PortMatch.ANY, PortMatch.ANY));
            rules.add(new Rule.SetDf(Hook.OUTPUT, PacketMatch.of(outer), "copy_df: set"));
        }
    }

    private void accept(Hook hook, PacketMatch match, String purpose) {
        rules.add(new Rule.Accept(hook, match, purpose));
    }

    private static Selector between(
            IpAddress source, IpAddress destination, IpProtocol protocol, PortMatch from, PortMatch to) {
        return new Selector(
                IpPrefix.host(source), IpPrefix.host(destination), protocol, from, to, Selector.Binding.NONE);
    }

    private static PortMatch exactly(int port) {
        return PortMatch.exactly(port);
    }

    private static XfrmState last(List<XfrmState> states) {
        return states.get(states.size() - 1);
    }
}

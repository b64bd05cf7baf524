package org.xfrmctl.manager.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.SizeOptions.Mss;

/**
 * What {@code mss} needs. The SYN of each direction tells what the other one may send, so both are looked at.
 *
 * <p>What goes to the peer is looked at behind the routing decision, where the kernel knows what the transforms leave ({@code
 * rt mtu} of nftables is the bundle's there, be the packet forwarded or this host's own). Of what comes from the peer the kernel
 * knows only the routes in clear ({@code net/netfilter/nft_rt.c}, {@code get_tcpmss()}, asks no policy about the way back), so
 * the number that was computed stands beside it.
 */
final class MssRules {
    private static final int HEADERS_V4 = 40;
    private static final int HEADERS_V6 = 60;
    /** What no Linux host goes below ({@code net.ipv4.tcp_min_snd_mss}). */
    private static final int LEAST = 48;

    private final boolean tunnel;
    private final Reqid reqid;
    private final List<Rule> rules = new ArrayList<>();

    private MssRules(boolean tunnel, Reqid reqid) {
        this.tunnel = tunnel;
        this.reqid = reqid;
    }

    static List<Rule> of(Child child, DesiredChild desired, Function<DesiredChild, ChildMtu> mtus) {
        MssRules made = new MssRules(child.traffic().mode().equals(Mode.TUNNEL), desired.reqid());
        List<XfrmPolicy> in = desired.policies(Direction.IN);
        List<XfrmPolicy> out = desired.policies(Direction.OUT);
        Mss mss = child.sizes().mss();
        if (mss instanceof Mss.Fixed fixed) {
            OptionalInt given = OptionalInt.of(fixed.bytes());
            OptionalInt mtu = child.sizes().mtu();
            out.stream()
                    .map(XfrmPolicy::selector)
                    .forEach(selector -> made.toPeer(selector, false, least(given, less(selector, mtu))));
            in.stream()
                    .map(XfrmPolicy::selector)
                    .forEach(selector -> made.fromPeer(selector, false, least(given, less(selector, mtu))));
        } else if (mss instanceof Mss.Auto) {
            ChildMtu mtu = mtus.apply(desired);
            for (int i = 0; i < out.size(); i++) {
                Selector selector = out.get(i).selector();
                OptionalInt chosen = less(selector, child.sizes().mtu());
                made.toPeer(selector, true, chosen);
                made.fromPeer(
                        in.get(i).selector(), true, least(mtu.flows().get(i).mss(), chosen));
            }
        }
        return made.rules;
    }

    private static OptionalInt less(Selector selector, OptionalInt mtu) {
        int headers = selector.family() == Family.INET6 ? HEADERS_V6 : HEADERS_V4;
        return mtu.isPresent() ? OptionalInt.of(Math.max(LEAST, mtu.getAsInt() - headers)) : OptionalInt.empty();
    }

    private static OptionalInt least(OptionalInt one, OptionalInt other) {
        return IntStream.concat(one.stream(), other.stream())
                .filter(mss -> mss >= LEAST)
                .min();
    }

    private void toPeer(Selector selector, boolean byRoute, OptionalInt most) {
        add(Hook.POSTROUTING, selector, Direction.OUT, byRoute, most, "what the peer's side may send");
    }

    private void fromPeer(Selector selector, boolean byRoute, OptionalInt most) {
        if (tunnel) {
            add(Hook.FORWARD, selector, Direction.IN, byRoute, most, "what this side may send");
        }
        if (most.isPresent()) {
            add(Hook.INPUT, selector, Direction.IN, false, most, "what this host may send");
        }
    }

    private void add(
            Hook hook, Selector selector, Direction direction, boolean byRoute, OptionalInt most, String purpose) {
        if (List.of(IpProtocol.ANY, IpProtocol.TCP).contains(selector.proto())) {
            rules.add(
                    new Rule.Clamp(hook, PacketMatch.of(selector, direction, reqid), byRoute, most, "mss: " + purpose));
        }
    }
}

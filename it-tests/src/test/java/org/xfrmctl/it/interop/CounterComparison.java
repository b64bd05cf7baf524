package org.xfrmctl.it.interop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmState;

/** What both ends have counted: what one sent the other received, to the byte. */
final class CounterComparison {
    /** A request of one end and the answer to one of the other, in each of three sizes. */
    private static final long PACKETS = 6;
    /** Those that get smaller: of the middle size both, and of the longest the one that userspace asks with, and its echo. */
    private static final long COMPRESSED = 3;

    private record Count(long packets, long bytes) {
        static Count of(XfrmState state) {
            return new Count(state.current().packets(), state.current().bytes());
        }

        Count plus(Count other) {
            return new Count(packets + other.packets, bytes + other.bytes);
        }
    }

    /** Direction and protocol: the implied state of a compressed tunnel counts as part of it. */
    private record Name(IpAddress source, IpProtocol protocol) {
        static Name of(XfrmState state) {
            return new Name(
                    state.source(),
                    state.isImplied() ? IpProtocol.COMP : state.id().protocol());
        }
    }

    private final InteropCase each;
    private final List<XfrmState> linux;
    private final List<XfrmState> userspace;

    CounterComparison(InteropCase each, List<XfrmState> linux, List<XfrmState> userspace) {
        this.each = each;
        this.linux = linux;
        this.userspace = userspace;
    }

    private static Map<Name, Count> counts(List<XfrmState> states) {
        Map<Name, Count> counts = new HashMap<>();
        states.forEach(state -> counts.merge(Name.of(state), Count.of(state), Count::plus));
        return counts;
    }

    void check(List<String> faults) {
        Map<Name, Count> here = counts(linux);
        Map<Name, Count> there = counts(userspace);
        here.forEach((name, count) -> {
            Count other = there.getOrDefault(name, new Count(0, 0));
            if (!isRight(name, count, other)) {
                faults.add(name + ": Linux " + count + ", userspace " + other);
            }
        });
    }

    private boolean isRight(Name name, Count here, Count there) {
        if (!name.protocol().equals(IpProtocol.COMP) || each.mode().equals(Mode.TUNNEL)) {
            return here.equals(there) && isAllThatWasSent(here.packets());
        }
        // Outside tunnels what did not get smaller comes with no sign of compression, so its receiver does not count
        // it.
        boolean fromLinux = name.source().equals(each.near());
        Count sent = fromLinux ? here : there;
        Count received = fromLinux ? there : here;
        return sent.packets() == PACKETS && received.packets() == COMPRESSED && received.bytes() < sent.bytes();
    }

    /** IPv6 cuts before it encapsulates, so that the longest packet is three to the states. */
    private boolean isAllThatWasSent(long packets) {
        boolean cut = each.inner() == Family.INET6 && each.mode().equals(Mode.TUNNEL);
        return cut ? packets > PACKETS : packets == PACKETS;
    }
}

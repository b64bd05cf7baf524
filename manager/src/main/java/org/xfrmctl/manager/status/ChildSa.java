package org.xfrmctl.manager.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.compile.ImpliedState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * The states of both directions that protect one flow between two gateways, as IKE calls it (RFC 7296, section 1.1.2): of a
 * definition, or found in a kernel whoever put them there.
 *
 * @param name of the child, or what tells it from others
 * @param members in the order in which packets meet them, out and then in
 * @param selectors of what is to be sent through it
 * @param sharing whose packets are counted by the same IPIP states
 */
public record ChildSa(String name, List<Member> members, List<Selector> selectors, List<String> sharing) {
    public ChildSa {
        members = List.copyOf(members);
        selectors = List.copyOf(selectors);
        sharing = List.copyOf(sharing);
    }

    /**
     * The place of a state.
     *
     * @param state what stands there, if anything does
     */
    public record Member(Direction direction, IpProtocol protocol, Mode mode, Optional<XfrmState> state) {
        static Member of(Direction direction, XfrmState state) {
            return new Member(direction, state.id().protocol(), state.mode(), Optional.of(state));
        }

        /** The kernel's own beside an IPComp tunnel. */
        public boolean isImplied() {
            return protocol.equals(IpProtocol.IPIP) || protocol.equals(IpProtocol.IPV6);
        }
    }

    /** Of one of {@code desired}'s children; the others are needed to tell who shares its IPIP states. */
    public static ChildSa of(DesiredChild child, DesiredState desired, Snapshot snapshot) {
        SnapshotIndex present = new SnapshotIndex(snapshot);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < child.outbound().size(); i++) {
            members.add(member(Direction.OUT, child.outbound().get(i), present));
            if (i == 0) {
                members.addAll(implied(Direction.OUT, child, snapshot));
            }
        }
        // Compiled innermost first; what comes in meets the outermost first.
        for (int i = child.inbound().size() - 1; i >= 0; i--) {
            members.add(member(Direction.IN, child.inbound().get(i), present));
        }
        members.addAll(implied(Direction.IN, child, snapshot));
        List<String> sharing = desired.children().stream()
                .filter(other -> !other.name().equals(child.name()))
                .filter(other -> other.implied().stream()
                        .anyMatch(theirs -> child.implied().stream().anyMatch(theirs::sharesWith)))
                .map(other -> other.name().toString())
                .toList();
        return new ChildSa(
                child.name().toString(),
                members,
                child.policies(Direction.OUT).stream().map(XfrmPolicy::selector).toList(),
                sharing);
    }

    private static Member member(Direction direction, XfrmState wanted, SnapshotIndex present) {
        return new Member(direction, wanted.id().protocol(), wanted.mode(), present.find(wanted));
    }

    private static List<Member> implied(Direction direction, DesiredChild child, Snapshot snapshot) {
        return child.implied().stream()
                .filter(implied -> implied.direction() == direction)
                .map(implied -> new Member(direction, implied.protocol(), Mode.TUNNEL, find(implied, snapshot)))
                .toList();
    }

    private static Optional<XfrmState> find(ImpliedState implied, Snapshot snapshot) {
        return snapshot.states().stream().filter(implied::describes).findFirst();
    }

    /** Those of one direction. */
    public List<Member> members(Direction direction) {
        return members.stream()
                .filter(member -> member.direction() == direction)
                .toList();
    }

    /** Whether there is compression: then there are packets that go through it and others that do not. */
    public boolean compresses() {
        return members.stream().anyMatch(member -> member.protocol().equals(IpProtocol.COMP));
    }

    /** Whether whole packets are wrapped. */
    public boolean isTunnel() {
        return members.stream().anyMatch(member -> member.mode().equals(Mode.TUNNEL));
    }
}

package org.xfrmctl.netlink.command;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;

/** Which policies a list or deletion is about; what is absent does not matter. A kernel sorts nothing out. */
public record PolicyMatch(Packets packets, Table table, Effect effect, Owner owner) {
    public static final PolicyMatch ALL = new PolicyMatch(Packets.ANY, Table.ANY, Effect.ANY, Owner.ANY);

    /**
     * The policy's selector.
     *
     * @param family of its prefixes; {@link Family#UNSPEC} for both
     * @param source the prefix that the first address of its source lies in, whatever the length of that is
     * @param destination as {@code source}
     */
    public record Packets(
            Family family,
            Optional<IpPrefix> source,
            Optional<IpPrefix> destination,
            OptionalInt ifindex,
            Upper upper) {
        public static final Packets ANY =
                new Packets(Family.UNSPEC, Optional.empty(), Optional.empty(), OptionalInt.empty(), Upper.ANY);

        boolean test(Selector selector) {
            return (family == Family.UNSPEC || family == selector.family())
                    && lies(selector.source(), source)
                    && lies(selector.destination(), destination)
                    && is(selector.binding().ifindex(), ifindex)
                    && upper.test(selector);
        }

        private static boolean lies(IpPrefix prefix, Optional<IpPrefix> wanted) {
            return wanted.isEmpty() || wanted.get().contains(prefix.address());
        }
    }

    /** Protocol and ports (or type and code) of the selector; masks are not looked at. */
    public record Upper(OptionalInt protocol, OptionalInt source, OptionalInt destination) {
        public static final Upper ANY = new Upper(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

        boolean test(Selector selector) {
            return is(selector.proto().number(), protocol)
                    && is(selector.sourcePort().port(), source)
                    && is(selector.destinationPort().port(), destination);
        }
    }

    /** Where the policy stands. */
    public record Table(
            Optional<Direction> direction, OptionalInt index, Optional<PolicyType> type, boolean withoutSockets) {
        public static final Table ANY = new Table(Optional.empty(), OptionalInt.empty(), Optional.empty(), false);

        boolean test(XfrmPolicy policy) {
            return (direction.isEmpty() || direction.get() == policy.direction())
                    && !(withoutSockets && policy.direction().isSocket())
                    && is(policy.index(), index)
                    && (type.isEmpty() || type.get() == policy.type().orElse(PolicyType.MAIN));
        }
    }

    /**
     * What the policy does.
     *
     * @param anyFlag bits of which it has to have one or more; 0 finds none, as iproute2 has it
     */
    public record Effect(Optional<PolicyAction> action, OptionalInt priority, OptionalInt anyFlag) {
        public static final Effect ANY = new Effect(Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

        boolean test(XfrmPolicy policy) {
            return (action.isEmpty() || action.get() == policy.action())
                    && is(policy.priority(), priority)
                    && (anyFlag.isEmpty() || (policy.flags().bits() & anyFlag.getAsInt()) != 0);
        }
    }

    /** What the policy belongs to: words of ours. */
    public record Owner(Optional<IfId> ifId, Optional<MarkMatch> mark) {
        public static final Owner ANY = new Owner(Optional.empty(), Optional.empty());

        boolean test(XfrmPolicy policy) {
            return (ifId.isEmpty() || ifId.get().equals(policy.ifId()))
                    && (mark.isEmpty() || mark.get().test(policy.mark()));
        }
    }

    public boolean test(XfrmPolicy policy) {
        return packets.test(policy.selector()) && table.test(policy) && effect.test(policy) && owner.test(policy);
    }

    private static boolean is(int actual, OptionalInt wanted) {
        return wanted.isEmpty() || wanted.getAsInt() == actual;
    }
}

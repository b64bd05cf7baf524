package org.xfrmctl.netlink.command;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.DumpFilter;

/**
 * Which states a list or deletion is about; what is absent does not matter.
 *
 * @param anyFlag bits of which a state has to have one or more; 0 finds none, as iproute2 has it
 */
public record StateMatch(Id id, Optional<Mode> mode, Optional<Reqid> reqid, OptionalInt anyFlag, Owner owner) {
    public static final StateMatch ALL =
            new StateMatch(Id.ANY, Optional.empty(), Optional.empty(), OptionalInt.empty(), Owner.ANY);

    /**
     * What names a state.
     *
     * @param family of the addresses; {@link Family#UNSPEC} for both
     * @param source the prefix that the source lies in
     * @param destination the prefix that the destination lies in
     */
    public record Id(
            Family family,
            Optional<IpPrefix> source,
            Optional<IpPrefix> destination,
            Optional<IpProtocol> protocol,
            Optional<Spi> spi) {
        public static final Id ANY =
                new Id(Family.UNSPEC, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        boolean test(XfrmState state) {
            return (family == Family.UNSPEC || family == state.family())
                    && lies(state.source(), source)
                    && lies(state.id().destination(), destination)
                    && is(state.id().protocol(), protocol)
                    && is(state.id().spi(), spi);
        }

        private static boolean lies(IpAddress address, Optional<IpPrefix> wanted) {
            return wanted.isEmpty() || wanted.get().contains(address);
        }
    }

    /** What a state belongs to: words of ours. */
    public record Owner(Optional<IfId> ifId, Optional<MarkMatch> mark, Optional<SaDirection> direction) {
        public static final Owner ANY = new Owner(Optional.empty(), Optional.empty(), Optional.empty());

        boolean test(XfrmState state) {
            return is(state.ifId(), ifId)
                    && (mark.isEmpty() || mark.get().test(state.mark()))
                    && (direction.isEmpty()
                            || direction.equals(state.options().placement().direction()));
        }
    }

    public boolean test(XfrmState state) {
        return id.test(state)
                && is(state.mode(), mode)
                && is(state.reqid(), reqid)
                && (anyFlag.isEmpty() || (state.flags().bits() & anyFlag.getAsInt()) != 0)
                && owner.test(state);
    }

    /** What a kernel can sort out before it sends; what comes still has to be tested. */
    public DumpFilter dumpFilter() {
        Family family = id.family();
        Optional<DumpFilter.Ends> ends = family == Family.UNSPEC
                ? Optional.empty()
                : Optional.of(new DumpFilter.Ends(
                        id.source().orElse(IpPrefix.any(family)),
                        id.destination().orElse(IpPrefix.any(family))));
        return new DumpFilter(id.protocol().orElse(IpProtocol.ANY), ends);
    }

    private static <T> boolean is(T actual, Optional<T> wanted) {
        return wanted.isEmpty() || wanted.get().equals(actual);
    }
}

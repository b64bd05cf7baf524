package org.xfrmctl.datapath.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;

/**
 * The IPIP companions of compression states in tunnel mode: they receive the packets that were too small to compress
 * ({@code ipcomp_tunnel_attach}, {@code ipcomp6_tunnel_attach}). All compression states of one pair of ends share one.
 */
final class ImpliedStates {
    private final StateIndex index;
    private final Revision revision;
    /** The number that stands for an IPv6 source address ({@code xfrm6_tunnel_alloc_spi}), and who uses it. */
    private final Map<IpAddress, Integer> numbers = new HashMap<>();

    private final Map<IpAddress, Integer> numberUsers = new HashMap<>();
    private int lastNumber;

    ImpliedStates(StateIndex index, Revision revision) {
        this.index = index;
        this.revision = revision;
    }

    /** The SPI of the companion for packets from {@code source}, if there is one. */
    Optional<Spi> spi(IpAddress source) {
        return source.family() == Family.INET
                ? Optional.of(new Spi(source.word0()))
                : Optional.ofNullable(numbers.get(source)).map(Spi::new);
    }

    static IpProtocol protocol(Family family) {
        return family == Family.INET ? IpProtocol.IPIP : IpProtocol.IPV6;
    }

    /** Finds or makes the companion of a new compression state and counts it as a user. */
    void attach(SecurityAssociation association, long now) {
        XfrmState state = association.definition();
        if (!state.id().protocol().equals(IpProtocol.COMP) || !state.mode().equals(Mode.TUNNEL)) {
            return;
        }
        int mark = state.mark().value() & state.mark().mask();
        Optional<SecurityAssociation> present = spi(state.source()).flatMap(spi -> find(companionId(state, spi), mark));
        association.attach(present.orElseGet(() -> create(state, now)));
    }

    /** Lets go of the companion; the last one to do so removes it. */
    void detach(SecurityAssociation association) {
        association.detach().ifPresent(implied -> {
            index.remove(implied);
            implied.phase(SecurityAssociation.Phase.DEAD);
            releaseNumber(implied.source());
        });
    }

    /** Takes a companion over that another kernel has made, by the number that it has there. */
    void adopt(SecurityAssociation implied) {
        if (implied.source().family() == Family.INET6) {
            numbers.put(implied.source(), implied.id().spi().bits());
            numberUsers.merge(implied.source(), 1, Integer::sum);
        }
        index.add(implied);
    }

    private SecurityAssociation create(XfrmState owner, long now) {
        boolean v4 = owner.family() == Family.INET;
        Spi spi = v4 ? new Spi(owner.source().word0()) : new Spi(takeNumber(owner.source()));
        XfrmState state = XfrmState.builder(companionId(owner, spi), owner.source())
                .selector(owner.selector())
                .mode(Mode.TUNNEL)
                // ipcomp4 copies the flags, ipcomp6 does not; neither copies the reqid.
                .flags(v4 ? owner.flags() : StateFlags.NONE)
                .mark(owner.mark())
                .ifId(owner.ifId())
                .options(StateOptions.NONE)
                .build();
        SecurityAssociation implied = new SecurityAssociation(state, SecurityAssociation.Phase.VALID, now, revision);
        index.add(implied);
        return implied;
    }

    private Optional<SecurityAssociation> find(SaId id, int mark) {
        return Optional.ofNullable(
                index.find(id.destination(), id.spi().bits(), id.protocol().number(), mark));
    }

    private static SaId companionId(XfrmState owner, Spi spi) {
        return new SaId(owner.id().destination(), spi, protocol(owner.family()));
    }

    private int takeNumber(IpAddress source) {
        numberUsers.merge(source, 1, Integer::sum);
        return numbers.computeIfAbsent(source, unused -> {
            do {
                lastNumber = lastNumber == -1 ? 1 : lastNumber + 1;
            } while (numbers.containsValue(lastNumber));
            return lastNumber;
        });
    }

    private void releaseNumber(IpAddress source) {
        if (source.family() == Family.INET6
                && numberUsers.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1) == null) {
            numbers.remove(source);
        }
    }
}

package org.xfrmctl.model;

/**
 * What names a state in a request. The source names only those that are not found by an SPI (IPIP and mobile IPv6); for
 * others it is not looked at. The mark is compared with that of every candidate, so a key without one cannot name a state
 * that has a mark ({@code xfrm_user_state_lookup()}).
 */
public record StateKey(SaId id, IpAddress source, Mark mark) {
    /** The state of an IPsec protocol with this id and mark. */
    public static StateKey of(SaId id, Mark mark) {
        return new StateKey(id, IpAddress.any(id.destination().family()), mark);
    }

    @Override
    public String toString() {
        return (source.isAny() ? "" : "src " + source + " ") + id + (mark.isNone() ? "" : " mark " + mark);
    }
}

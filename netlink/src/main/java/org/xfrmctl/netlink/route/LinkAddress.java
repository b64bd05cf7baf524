package org.xfrmctl.netlink.route;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.RawAttribute;

/**
 * An address of a link.
 *
 * @param prefix the address itself, with the length of the network that it tells of
 * @param scope IPv6 takes it from the address
 * @param protocol who gave it to the link ({@code IFA_PROTO}, since Linux 5.18); 0 says nothing
 * @param peer the far end, if the link is to one other host; the prefix's length is that of its network then
 */
public record LinkAddress(
        int link,
        IpPrefix prefix,
        Scope scope,
        Flags flags,
        int protocol,
        Optional<IpAddress> peer,
        List<RawAttribute> other) {

    /** {@code IFA_F_*}. */
    public record Flags(int bits) {
        public static final Flags NONE = new Flags(0);

        private static final int NO_DAD = 0x02;
        private static final int DAD_FAILED = 0x08;
        private static final int TENTATIVE = 0x40;
        private static final int PERMANENT = 0x80;

        /** Whether the kernel uses it without asking first whether another host has it (IPv6). */
        public boolean isWithoutDad() {
            return (bits & NO_DAD) != 0;
        }

        /** Whether another host has it, so that it is not used (IPv6). */
        public boolean isDuplicate() {
            return (bits & DAD_FAILED) != 0;
        }

        /** Whether it is not used yet, for other hosts are still being asked (IPv6). */
        public boolean isTentative() {
            return (bits & TENTATIVE) != 0;
        }

        /** Whether it has no lifetime. */
        public boolean isPermanent() {
            return (bits & PERMANENT) != 0;
        }
    }

    public LinkAddress {
        other = List.copyOf(other);
    }

    public static LinkAddress of(int link, IpPrefix prefix) {
        return new LinkAddress(link, prefix, Scope.of(prefix.address()), Flags.NONE, 0, Optional.empty(), List.of());
    }

    /** To be used at once ({@code nodad}); without, IPv6 is silent from this address for a second or two. */
    public LinkAddress withoutDad() {
        return new LinkAddress(link, prefix, scope, new Flags(flags.bits | Flags.NO_DAD), protocol, peer, other);
    }

    public LinkAddress withScope(Scope changed) {
        return new LinkAddress(link, prefix, changed, flags, protocol, peer, other);
    }

    /** With the number of who gives it, which older kernels forget. */
    public LinkAddress withProtocol(int changed) {
        return new LinkAddress(link, prefix, scope, flags, changed, peer, other);
    }

    /** Whether the kernel takes one for the other. */
    boolean isSameAs(LinkAddress present) {
        return link == present.link && prefix.equals(present.prefix) && peer.equals(present.peer);
    }

    /** As {@code ip address} has it, with a number for the link. */
    @Override
    public String toString() {
        return peer.map(far -> prefix.address() + " peer " + far + "/" + prefix.length())
                        .orElseGet(prefix::toString)
                + " dev " + link + " scope " + scope;
    }
}

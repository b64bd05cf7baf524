package org.xfrmctl.netlink.xfrm;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.NetlinkMessage;

/**
 * What a kernel tells the members of its multicast groups. Who caused it stands in the message's header: the sequence
 * number and port id of the request; both are 0 where the kernel acted by itself.
 */
public sealed interface XfrmEvent {
    record StateAdded(XfrmState state) implements XfrmEvent {}

    record StateUpdated(XfrmState state) implements XfrmEvent {}

    record StateDeleted(XfrmState state) implements XfrmEvent {}

    /** One for all that were deleted; {@link IpProtocol#ANY} is every protocol. */
    record StatesFlushed(IpProtocol protocol) implements XfrmEvent {}

    /** A soft limit warns; a hard one has removed the state, and no {@link StateDeleted} follows. */
    record StateExpired(XfrmState state, boolean hard) implements XfrmEvent {}

    record PolicyAdded(XfrmPolicy policy) implements XfrmEvent {}

    record PolicyUpdated(XfrmPolicy policy) implements XfrmEvent {}

    /** {@code byIndex} tells how the request named it. */
    record PolicyDeleted(XfrmPolicy policy, boolean byIndex) implements XfrmEvent {}

    record PoliciesFlushed(Optional<PolicyType> type) implements XfrmEvent {}

    record PolicyExpired(XfrmPolicy policy, boolean hard) implements XfrmEvent {}

    /** A packet needs a state that is not there; {@code sequence} is the larval state's {@code seq}. */
    record Acquired(
            SaId id, IpAddress source, Selector packet, XfrmPolicy policy, Template.AlgorithmMasks masks, int sequence)
            implements XfrmEvent {}

    /** Sequence numbers or counters moved ({@code XFRM_MSG_NEWAE}); {@code flags} are {@code XFRM_AE_*}. */
    record StateMoved(
            SaId id,
            IpAddress source,
            Reqid reqid,
            int flags,
            Mark mark,
            Optional<ReplayState> replay,
            Optional<LifetimeCurrent> current)
            implements XfrmEvent {}

    /** A NAT gave the peer another address or port. */
    record Mapped(SaId id, Reqid reqid, Peer before, Peer after) implements XfrmEvent {}

    /** An end of UDP-encapsulated ESP. */
    record Peer(IpAddress address, int port) {}

    /** What happens to packets without policy: 1 block, 2 accept. */
    record DefaultsSet(int in, int fwd, int out) implements XfrmEvent {}

    /** A message that is not interpreted: migration, reports, and what newer kernels send. */
    record Other(int type) implements XfrmEvent {}

    /**
     * Reads a multicast message.
     *
     * @throws org.xfrmctl.netlink.MalformedMessageException if it is not what its type says
     */
    static XfrmEvent decode(NetlinkMessage message) {
        return EventReader.read(message);
    }
}

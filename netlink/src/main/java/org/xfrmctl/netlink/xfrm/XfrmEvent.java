package org.xfrmctl.netlink.xfrm;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUsersaFlush;

/**
 * What a kernel tells the members of its multicast groups. Who caused it stands in the message's header: the sequence
 * number and port id of the request; both are 0 where the kernel acted by itself. {@code other} are attributes that are not
 * interpreted.
 */
public sealed interface XfrmEvent {
    /** The {@code XFRM_MSG_*} of its message. */
    int type();

    /** Writes the body, as a kernel does, to a message that was begun and will be ended by the caller. */
    void encode(MessageWriter out);

    /**
     * Reads a multicast message.
     *
     * @throws org.xfrmctl.netlink.MalformedMessageException if it is not what its type says
     */
    static XfrmEvent decode(NetlinkMessage message) {
        return EventReader.read(message);
    }

    record StateAdded(XfrmState state) implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.NEWSA;
        }

        @Override
        public void encode(MessageWriter out) {
            StateCodec.encodeDump(state, out);
        }
    }

    record StateUpdated(XfrmState state) implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.UPDSA;
        }

        @Override
        public void encode(MessageWriter out) {
            StateCodec.encodeDump(state, out);
        }
    }

    record StateDeleted(XfrmState state) implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.DELSA;
        }

        @Override
        public void encode(MessageWriter out) {
            StateCodec.encodeDeleted(state, out);
        }
    }

    /** One for all that were deleted; {@link IpProtocol#ANY} is every protocol. */
    record StatesFlushed(IpProtocol protocol, List<RawAttribute> other) implements XfrmEvent {
        public StatesFlushed {
            other = List.copyOf(other);
        }

        public StatesFlushed(IpProtocol protocol) {
            this(protocol, List.of());
        }

        @Override
        public int type() {
            return XfrmMsg.FLUSHSA;
        }

        @Override
        public void encode(MessageWriter out) {
            out.body(XfrmUsersaFlush.CODEC, new XfrmUsersaFlush((byte) protocol.number()));
            OtherAttributes.write(other, out);
        }
    }

    /** A soft limit warns; a hard one has removed the state, and no {@link StateDeleted} follows. */
    record StateExpired(XfrmState state, boolean hard) implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.EXPIRE;
        }

        @Override
        public void encode(MessageWriter out) {
            StateCodec.encodeExpired(state, hard, out);
        }
    }

    record PolicyAdded(XfrmPolicy policy) implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.NEWPOLICY;
        }

        @Override
        public void encode(MessageWriter out) {
            PolicyCodec.encodeDump(policy, out);
        }
    }

    record PolicyUpdated(XfrmPolicy policy) implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.UPDPOLICY;
        }

        @Override
        public void encode(MessageWriter out) {
            PolicyCodec.encodeDump(policy, out);
        }
    }

    /** {@code index} is what the request named it by; 0 if it gave the selector. */
    record PolicyDeleted(XfrmPolicy policy, int index) implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.DELPOLICY;
        }

        @Override
        public void encode(MessageWriter out) {
            PolicyCodec.encodeDeleted(policy, index, out);
        }
    }

    /** One for all that were deleted. Kernels without sub policies do not say of which type they were. */
    record PoliciesFlushed(Optional<PolicyType> policies, List<RawAttribute> other) implements XfrmEvent {
        public PoliciesFlushed {
            other = List.copyOf(other);
        }

        public PoliciesFlushed(Optional<PolicyType> policies) {
            this(policies, List.of());
        }

        @Override
        public int type() {
            return XfrmMsg.FLUSHPOLICY;
        }

        @Override
        public void encode(MessageWriter out) {
            policies.ifPresent(type -> PolicyCodec.writeType(type, out));
            OtherAttributes.write(other, out);
        }
    }

    record PolicyExpired(XfrmPolicy policy, boolean hard) implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.POLEXPIRE;
        }

        @Override
        public void encode(MessageWriter out) {
            PolicyCodec.encodeExpired(policy, hard, out);
        }
    }

    /** A packet needs a state that is not there; {@code sequence} is the larval state's {@code seq}. */
    record Acquired(
            SaId id, IpAddress source, Selector packet, XfrmPolicy policy, Template.AlgorithmMasks masks, int sequence)
            implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.ACQUIRE;
        }

        @Override
        public void encode(MessageWriter out) {
            PolicyCodec.encodeAcquired(this, out);
        }
    }

    /** Sequence numbers or counters moved. */
    record StateMoved(AsyncEvent event) implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.NEWAE;
        }

        @Override
        public void encode(MessageWriter out) {
            event.encode(out);
        }
    }

    /** A NAT gave the peer another address or port. */
    record Mapped(SaId id, Reqid reqid, Peer before, Peer after, List<RawAttribute> other) implements XfrmEvent {
        public Mapped {
            other = List.copyOf(other);
        }

        public Mapped(SaId id, Reqid reqid, Peer before, Peer after) {
            this(id, reqid, before, after, List.of());
        }

        @Override
        public int type() {
            return XfrmMsg.MAPPING;
        }

        @Override
        public void encode(MessageWriter out) {
            StateCodec.encodeMapped(this, out);
        }
    }

    /** An end of UDP-encapsulated ESP. */
    record Peer(IpAddress address, int port) {}

    /** What packets without policy meet from now on. */
    record DefaultsSet(DefaultPolicies defaults, List<RawAttribute> other) implements XfrmEvent {
        public DefaultsSet {
            other = List.copyOf(other);
        }

        public DefaultsSet(DefaultPolicies defaults) {
            this(defaults, List.of());
        }

        @Override
        public int type() {
            return XfrmMsg.GETDEFAULT;
        }

        @Override
        public void encode(MessageWriter out) {
            PolicyCodec.encode(defaults, out);
            OtherAttributes.write(other, out);
        }
    }

    /** A policy and its states moved to other ends. */
    record Migrated(Migration migration) implements XfrmEvent {
        @Override
        public int type() {
            return XfrmMsg.MIGRATE;
        }

        @Override
        public void encode(MessageWriter out) {
            migration.encodeEvent(out);
        }
    }

    /** Mobile IPv6 met a packet that it has no binding for. */
    record Reported(IpProtocol protocol, Selector packet, Optional<IpAddress> careOf, List<RawAttribute> other)
            implements XfrmEvent {
        public Reported {
            other = List.copyOf(other);
        }

        public Reported(IpProtocol protocol, Selector packet, Optional<IpAddress> careOf) {
            this(protocol, packet, careOf, List.of());
        }

        @Override
        public int type() {
            return XfrmMsg.REPORT;
        }

        @Override
        public void encode(MessageWriter out) {
            StateCodec.encodeReported(this, out);
        }
    }

    /** A message that is not interpreted: what newer kernels send. */
    record Other(int type, Bytes body) implements XfrmEvent {
        @Override
        public void encode(MessageWriter out) {
            out.trailing(body.toArray());
        }

        /** Nobody knows what of it is secret. */
        @Override
        public String toString() {
            return "message " + type + " (" + body.length() + " bytes)";
        }
    }
}

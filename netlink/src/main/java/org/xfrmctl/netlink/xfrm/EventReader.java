package org.xfrmctl.netlink.xfrm;

import java.util.Set;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.AddressAttribute;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserAcquire;
import org.xfrmctl.netlink.uapi.XfrmUserExpire;
import org.xfrmctl.netlink.uapi.XfrmUserMapping;
import org.xfrmctl.netlink.uapi.XfrmUserPolexpire;
import org.xfrmctl.netlink.uapi.XfrmUserReport;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyDefault;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUsersaFlush;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** From multicast messages to {@link XfrmEvent}s. */
final class EventReader {
    private static final Set<Integer> NONE = Set.of();

    private EventReader() {}

    static XfrmEvent read(NetlinkMessage message) {
        return switch (message.type()) {
            case XfrmMsg.NEWSA -> new XfrmEvent.StateAdded(StateCodec.decode(message));
            case XfrmMsg.UPDSA -> new XfrmEvent.StateUpdated(StateCodec.decode(message));
            case XfrmMsg.DELSA -> new XfrmEvent.StateDeleted(deletedState(message));
            case XfrmMsg.FLUSHSA -> statesFlushed(message);
            case XfrmMsg.EXPIRE -> stateExpired(message);
            case XfrmMsg.NEWPOLICY -> new XfrmEvent.PolicyAdded(PolicyCodec.decode(message));
            case XfrmMsg.UPDPOLICY -> new XfrmEvent.PolicyUpdated(PolicyCodec.decode(message));
            case XfrmMsg.DELPOLICY -> policyDeleted(message);
            case XfrmMsg.FLUSHPOLICY -> policiesFlushed(message.attributes(0));
            case XfrmMsg.POLEXPIRE -> policyExpired(message);
            case XfrmMsg.ACQUIRE -> acquired(message);
            case XfrmMsg.NEWAE -> new XfrmEvent.StateMoved(AsyncEvent.decode(message));
            case XfrmMsg.MAPPING -> mapped(message);
            case XfrmMsg.GETDEFAULT -> defaultsSet(message);
            case XfrmMsg.MIGRATE -> new XfrmEvent.Migrated(Migration.decode(message));
            case XfrmMsg.REPORT -> reported(message);
            default -> other(message);
        };
    }

    private static XfrmEvent statesFlushed(NetlinkMessage message) {
        int protocol = Byte.toUnsignedInt(message.body(XfrmUsersaFlush.CODEC).proto());
        return new XfrmEvent.StatesFlushed(
                new IpProtocol(protocol), OtherAttributes.of(message.attributes(XfrmUsersaFlush.CODEC.size()), NONE));
    }

    private static XfrmEvent policiesFlushed(Attributes attributes) {
        return new XfrmEvent.PoliciesFlushed(
                PolicyCodec.type(attributes), OtherAttributes.of(attributes, Set.of(Xfrma.POLICY_TYPE)));
    }

    private static XfrmEvent defaultsSet(NetlinkMessage message) {
        return new XfrmEvent.DefaultsSet(
                PolicyCodec.defaults(message),
                OtherAttributes.of(message.attributes(XfrmUserpolicyDefault.CODEC.size()), NONE));
    }

    private static XfrmState deletedState(NetlinkMessage message) {
        Attributes attributes = message.attributes(XfrmUsersaId.CODEC.size());
        return StateCodec.decode(need(attributes, Xfrma.SA, "DELSA").struct(XfrmUsersaInfo.CODEC), attributes);
    }

    private static XfrmEvent stateExpired(NetlinkMessage message) {
        XfrmUserExpire raw = message.body(XfrmUserExpire.CODEC);
        Attributes attributes = message.attributes(XfrmUserExpire.CODEC.size());
        return new XfrmEvent.StateExpired(StateCodec.decode(raw.state(), attributes), raw.hard() != 0);
    }

    private static XfrmEvent policyDeleted(NetlinkMessage message) {
        XfrmUserpolicyId id = message.body(XfrmUserpolicyId.CODEC);
        Attributes attributes = message.attributes(XfrmUserpolicyId.CODEC.size());
        XfrmUserpolicyInfo info = need(attributes, Xfrma.POLICY, "DELPOLICY").struct(XfrmUserpolicyInfo.CODEC);
        return new XfrmEvent.PolicyDeleted(PolicyCodec.decode(info, attributes), id.index());
    }

    private static XfrmEvent policyExpired(NetlinkMessage message) {
        XfrmUserPolexpire raw = message.body(XfrmUserPolexpire.CODEC);
        Attributes attributes = message.attributes(XfrmUserPolexpire.CODEC.size());
        return new XfrmEvent.PolicyExpired(PolicyCodec.decode(raw.pol(), attributes), raw.hard() != 0);
    }

    /** The id's family is that of the template that asks; the struct has none, so the template tells. */
    private static XfrmEvent acquired(NetlinkMessage message) {
        XfrmUserAcquire raw = message.body(XfrmUserAcquire.CODEC);
        XfrmPolicy policy = PolicyCodec.decode(raw.policy(), message.attributes(XfrmUserAcquire.CODEC.size()));
        Family family = policy.templates().stream()
                .filter(template -> template.protocol().number()
                        == Byte.toUnsignedInt(raw.id().proto()))
                .map(Template::family)
                .findFirst()
                .orElse(AddressMapping.family("xfrm_selector", raw.sel().family()));
        return new XfrmEvent.Acquired(
                StateReader.id(raw.id(), family),
                AddressMapping.toModel(raw.saddr(), family),
                SelectorMapping.toModel(raw.sel()),
                policy,
                new Template.AlgorithmMasks(raw.aalgos(), raw.ealgos(), raw.calgos()),
                raw.seq());
    }

    private static XfrmEvent mapped(NetlinkMessage message) {
        XfrmUserMapping raw = message.body(XfrmUserMapping.CODEC);
        SaId id = StateCodec.id(raw.id());
        Family family = id.destination().family();
        return new XfrmEvent.Mapped(
                id,
                new Reqid(raw.reqid()),
                new XfrmEvent.Peer(AddressMapping.toModel(raw.oldSaddr(), family), Short.toUnsignedInt(raw.oldSport())),
                new XfrmEvent.Peer(AddressMapping.toModel(raw.newSaddr(), family), Short.toUnsignedInt(raw.newSport())),
                OtherAttributes.of(message.attributes(XfrmUserMapping.CODEC.size()), NONE));
    }

    private static XfrmEvent reported(NetlinkMessage message) {
        XfrmUserReport raw = message.body(XfrmUserReport.CODEC);
        Selector packet = SelectorMapping.toModel(raw.sel());
        Attributes attributes = message.attributes(XfrmUserReport.CODEC.size());
        return new XfrmEvent.Reported(
                new IpProtocol(Byte.toUnsignedInt(raw.proto())),
                packet,
                attributes
                        .find(Xfrma.COADDR)
                        .map(attribute -> AddressMapping.toModel(
                                attribute.struct(AddressAttribute.CODEC).address(), packet.family())),
                OtherAttributes.of(attributes, Set.of(Xfrma.COADDR)));
    }

    private static XfrmEvent other(NetlinkMessage message) {
        byte[] body = new byte[message.bodyLength()];
        message.bytes().get(NetlinkMessage.HEADER, body);
        return new XfrmEvent.Other(message.type(), Bytes.of(body));
    }

    private static Attribute need(Attributes attributes, int type, String message) {
        return attributes
                .find(type)
                .orElseThrow(() -> new MalformedMessageException(message, 0, "lacks " + Xfrma.name(type)));
    }
}

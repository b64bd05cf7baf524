package org.xfrmctl.netlink.xfrm;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmUserPolexpire;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyType;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Policies as netlink carries them, for both sides. See {@link StateCodec} for how to use it. */
public final class PolicyCodec {
    private static final Set<Integer> KNOWN =
            Set.of(Xfrma.TMPL, Xfrma.POLICY, Xfrma.POLICY_TYPE, Xfrma.MARK, Xfrma.IF_ID, Xfrma.PAD);

    private PolicyCodec() {}

    /**
     * Reads NEWPOLICY or UPDPOLICY, as request, reply or event.
     *
     * @throws MalformedMessageException if it is none
     */
    public static XfrmPolicy decode(NetlinkMessage message) {
        return decode(message.body(XfrmUserpolicyInfo.CODEC), message.attributes(XfrmUserpolicyInfo.CODEC.size()));
    }

    /** Maps what was read. */
    public static XfrmPolicy decode(XfrmUserpolicyInfo info, Attributes attributes) {
        Selector selector = SelectorMapping.toModel(info.sel());
        List<Template> templates = TemplateMapping.readRaw(attributes).stream()
                .map(raw -> TemplateMapping.toModel(raw, selector.family()))
                .toList();
        return XfrmPolicy.builder(selector, direction(info.dir()))
                .action(action(info.action()))
                .priority(info.priority())
                .templates(templates)
                .index(info.index())
                .flags(new PolicyFlags(Byte.toUnsignedInt(info.flags())))
                .share(Byte.toUnsignedInt(info.share()))
                .type(type(attributes))
                .limits(LifetimeMapping.toModel(info.lft()))
                .current(LifetimeMapping.toModel(info.curlft()))
                .mark(MarkMapping.mark(attributes))
                .ifId(MarkMapping.ifId(attributes))
                .other(OtherAttributes.of(attributes, KNOWN))
                .build();
    }

    /** Writes NEWPOLICY or UPDPOLICY as a client sends it. */
    public static void encodeRequest(XfrmPolicy policy, MessageWriter out) {
        out.body(
                XfrmUserpolicyInfo.CODEC,
                info(policy.toBuilder().current(LifetimeCurrent.NONE).build()));
        TemplateMapping.write(policy.templates(), out);
        policy.type().ifPresent(type -> writeSubType(type, out));
        MarkMapping.write(policy.mark(), out);
        MarkMapping.write(policy.ifId(), out);
        policy.other().forEach(raw -> StateWriter.write(raw, out));
    }

    /** Writes NEWPOLICY or UPDPOLICY as a kernel does in dumps, replies and events ({@code dump_one_policy()}). */
    public static void encodeDump(XfrmPolicy policy, MessageWriter out) {
        out.body(XfrmUserpolicyInfo.CODEC, info(policy));
        dumpAttributes(policy, out);
    }

    /**
     * Writes the DELPOLICY event ({@code xfrm_notify_policy()}): it names the policy as the request did, by index or by
     * selector.
     */
    public static void encodeDeleted(XfrmPolicy policy, boolean byIndex, MessageWriter out) {
        Selector none = Selector.any(Family.UNSPEC);
        XfrmUserpolicyId id = new XfrmUserpolicyId(
                SelectorMapping.toWire(byIndex ? none : policy.selector()), byIndex ? policy.index() : 0, (byte)
                        policy.direction().number());
        out.body(XfrmUserpolicyId.CODEC, id);
        out.attribute(Xfrma.POLICY, XfrmUserpolicyInfo.CODEC, info(policy));
        dumpAttributes(policy, out);
    }

    /** Writes the POLEXPIRE event ({@code build_polexpire()}). */
    public static void encodeExpired(XfrmPolicy policy, boolean hard, MessageWriter out) {
        out.body(XfrmUserPolexpire.CODEC, new XfrmUserPolexpire(info(policy), (byte) (hard ? 1 : 0)));
        dumpAttributes(policy, out);
    }

    /** Writes what GETPOLICY and DELPOLICY name a policy by: direction and selector, and the attributes beside them. */
    public static void encodeKey(PolicyKey key, MessageWriter out) {
        out.body(XfrmUserpolicyId.CODEC, new XfrmUserpolicyId(SelectorMapping.toWire(key.selector()), 0, (byte)
                key.direction().number()));
        writeSubType(key.type(), out);
        MarkMapping.write(key.mark(), out);
        MarkMapping.write(key.ifId(), out);
    }

    /** The struct with everything that a kernel tells in it. */
    public static XfrmUserpolicyInfo info(XfrmPolicy policy) {
        return new XfrmUserpolicyInfo(
                SelectorMapping.toWire(policy.selector()),
                LifetimeMapping.toWire(policy.limits()),
                LifetimeMapping.toWire(policy.current()),
                policy.priority(),
                policy.index(),
                (byte) policy.direction().number(),
                (byte) policy.action().ordinal(),
                (byte) policy.flags().bits(),
                (byte) policy.share());
    }

    /** {@code XFRMA_POLICY_TYPE}, which kernels built without sub policies do not send. */
    public static Optional<PolicyType> type(Attributes attributes) {
        return attributes
                .find(Xfrma.POLICY_TYPE)
                .map(attribute -> attribute.struct(XfrmUserpolicyType.CODEC))
                .map(raw -> switch (raw.type()) {
                    case 0 -> PolicyType.MAIN;
                    case 1 -> PolicyType.SUB;
                    default -> throw new MalformedMessageException("xfrm_userpolicy_type", 0, "has type " + raw.type());
                });
    }

    /** {@code XFRMA_POLICY_TYPE} as a kernel writes it, for FLUSHPOLICY events too. */
    public static void writeType(PolicyType type, MessageWriter out) {
        out.attribute(
                Xfrma.POLICY_TYPE,
                XfrmUserpolicyType.CODEC,
                new XfrmUserpolicyType((byte) type.ordinal(), (short) 0, (byte) 0));
    }

    /** Requests leave the main type out, so that kernels without sub policies need not know the attribute. */
    static void writeSubType(PolicyType type, MessageWriter out) {
        if (type != PolicyType.MAIN) {
            writeType(type, out);
        }
    }

    private static void dumpAttributes(XfrmPolicy policy, MessageWriter out) {
        TemplateMapping.write(policy.templates(), out);
        policy.other().stream().filter(PolicyCodec::isLabel).forEach(raw -> StateWriter.write(raw, out));
        policy.type().ifPresent(type -> writeType(type, out));
        MarkMapping.write(policy.mark(), out);
        MarkMapping.write(policy.ifId(), out);
        policy.other().stream().filter(raw -> !isLabel(raw)).forEach(raw -> StateWriter.write(raw, out));
    }

    private static boolean isLabel(RawAttribute raw) {
        return raw.type() == Xfrma.SEC_CTX;
    }

    static Direction direction(byte number) {
        return Direction.of(Byte.toUnsignedInt(number))
                .orElseThrow(() -> new MalformedMessageException(
                        "xfrm_userpolicy_info", 160, "has direction " + Byte.toUnsignedInt(number)));
    }

    private static PolicyAction action(byte number) {
        return switch (number) {
            case 0 -> PolicyAction.ALLOW;
            case 1 -> PolicyAction.BLOCK;
            default ->
                throw new MalformedMessageException(
                        "xfrm_userpolicy_info", 161, "has action " + Byte.toUnsignedInt(number));
        };
    }
}

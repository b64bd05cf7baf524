package org.xfrmctl.netlink.xfrm;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmUserAcquire;
import org.xfrmctl.netlink.uapi.XfrmUserPolexpire;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyDefault;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyType;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Policies as netlink carries them, for both sides. See {@link StateCodec} for how to use it. */
public final class PolicyCodec {
    private static final Set<Integer> KNOWN =
            Set.of(Xfrma.TMPL, Xfrma.POLICY, Xfrma.POLICY_TYPE, Xfrma.MARK, Xfrma.IF_ID, Xfrma.PAD, Xfrma.OFFLOAD_DEV);

    private static final Set<Integer> KNOWN_WITH_LABEL =
            Stream.concat(KNOWN.stream(), Stream.of(Xfrma.SEC_CTX)).collect(Collectors.toUnmodifiableSet());

    /** Where the index names the policy. */
    private static final Selector NO_SELECTOR = Selector.any(Family.UNSPEC);

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
        Optional<SecurityLabel> label = attributes.find(Xfrma.SEC_CTX).flatMap(LabelMapping::read);
        return XfrmPolicy.builder(selector, direction(info.dir()))
                .action(action(info.action()))
                .priority(info.priority())
                .templates(TemplateMapping.read(attributes, selector.family()))
                .index(info.index())
                .flags(new PolicyFlags(Byte.toUnsignedInt(info.flags())))
                .share(Byte.toUnsignedInt(info.share()))
                .type(type(attributes))
                .limits(LifetimeMapping.toModel(info.lft()))
                .current(LifetimeMapping.toModel(info.curlft()))
                .mark(MarkMapping.mark(attributes))
                .ifId(MarkMapping.ifId(attributes))
                .offload(attributes.find(Xfrma.OFFLOAD_DEV).map(OffloadMapping::read))
                .label(label)
                .other(OtherAttributes.of(attributes, label.isPresent() ? KNOWN_WITH_LABEL : KNOWN))
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
        policy.label().ifPresent(label -> LabelMapping.write(label, out));
        writeOffloadAndOther(policy, out);
    }

    /** Writes NEWPOLICY or UPDPOLICY as a kernel does in dumps, replies and events ({@code dump_one_policy()}). */
    public static void encodeDump(XfrmPolicy policy, MessageWriter out) {
        out.body(XfrmUserpolicyInfo.CODEC, info(policy));
        encodeAttributes(policy, out);
    }

    /**
     * Writes the DELPOLICY event ({@code xfrm_notify_policy()}): it names the policy as the request did, by index or, if
     * that is 0, by selector.
     */
    public static void encodeDeleted(XfrmPolicy policy, int index, MessageWriter out) {
        encodeName(index == 0 ? policy.selector() : NO_SELECTOR, index, policy.direction(), out);
        out.attribute(Xfrma.POLICY, XfrmUserpolicyInfo.CODEC, info(policy));
        encodeAttributes(policy, out);
    }

    /** Writes the POLEXPIRE event ({@code build_polexpire()}). */
    public static void encodeExpired(XfrmPolicy policy, boolean hard, MessageWriter out) {
        out.body(XfrmUserPolexpire.CODEC, new XfrmUserPolexpire(info(policy), (byte) (hard ? 1 : 0)));
        encodeAttributes(policy, out);
    }

    /** Writes the ACQUIRE event ({@code build_acquire()}). */
    static void encodeAcquired(XfrmEvent.Acquired acquired, MessageWriter out) {
        out.body(
                XfrmUserAcquire.CODEC,
                new XfrmUserAcquire(
                        StateWriter.id(acquired.id()),
                        AddressMapping.toWire(acquired.source()),
                        SelectorMapping.toWire(acquired.packet()),
                        info(acquired.policy()),
                        acquired.masks().authentication(),
                        acquired.masks().encryption(),
                        acquired.masks().compression(),
                        acquired.sequence()));
        encodeAttributes(acquired.policy(), out);
    }

    /** Writes what GETPOLICY and DELPOLICY name a policy by: direction and selector, and the attributes beside them. */
    public static void encodeKey(PolicyKey key, MessageWriter out) {
        encodeName(key.selector(), 0, key.direction(), out);
        writeSubType(key.type(), out);
        MarkMapping.write(key.mark(), out);
        MarkMapping.write(key.ifId(), out);
    }

    /** As {@link #encodeKey} by the kernel's number. */
    public static void encodeIndex(PolicyIndex index, MessageWriter out) {
        encodeName(NO_SELECTOR, index.index(), index.direction(), out);
        writeSubType(index.type(), out);
        MarkMapping.write(index.mark(), out);
        MarkMapping.write(index.ifId(), out);
    }

    /**
     * Reads GETPOLICY or DELPOLICY as a client sends it, naming the policy by its key: where {@link #decodeIndex} is 0.
     *
     * @throws MalformedMessageException if it is neither
     */
    public static PolicyKey decodeKey(NetlinkMessage message) {
        XfrmUserpolicyId id = message.body(XfrmUserpolicyId.CODEC);
        Attributes attributes = message.attributes(XfrmUserpolicyId.CODEC.size());
        return new PolicyKey(
                direction(id.dir()),
                type(attributes).orElse(PolicyType.MAIN),
                SelectorMapping.toModel(id.sel()),
                MarkMapping.mark(attributes),
                MarkMapping.ifId(attributes));
    }

    /** As {@link #decodeKey} by the kernel's number. */
    public static PolicyIndex decodeIndex(NetlinkMessage message) {
        XfrmUserpolicyId id = message.body(XfrmUserpolicyId.CODEC);
        Attributes attributes = message.attributes(XfrmUserpolicyId.CODEC.size());
        return new PolicyIndex(
                id.index(),
                direction(id.dir()),
                type(attributes).orElse(PolicyType.MAIN),
                MarkMapping.mark(attributes),
                MarkMapping.ifId(attributes));
    }

    /** Writes {@code struct xfrm_userpolicy_id}. */
    static void encodeName(Selector selector, int index, Direction direction, MessageWriter out) {
        out.body(XfrmUserpolicyId.CODEC, new XfrmUserpolicyId(SelectorMapping.toWire(selector), index, (byte)
                direction.number()));
    }

    /** Reads SETDEFAULT or GETDEFAULT. */
    public static DefaultPolicies defaults(NetlinkMessage message) {
        XfrmUserpolicyDefault raw = message.body(XfrmUserpolicyDefault.CODEC);
        return new DefaultPolicies(
                Byte.toUnsignedInt(raw.in()), Byte.toUnsignedInt(raw.fwd()), Byte.toUnsignedInt(raw.out()));
    }

    /** Writes the body of SETDEFAULT or GETDEFAULT. */
    public static void encode(DefaultPolicies defaults, MessageWriter out) {
        out.body(
                XfrmUserpolicyDefault.CODEC,
                new XfrmUserpolicyDefault((byte) defaults.in(), (byte) defaults.fwd(), (byte) defaults.out()));
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

    /** Writes what follows the fixed part of every message about a policy. */
    public static void encodeAttributes(XfrmPolicy policy, MessageWriter out) {
        TemplateMapping.write(policy.templates(), out);
        policy.label().ifPresent(label -> LabelMapping.write(label, out));
        policy.type().ifPresent(type -> writeType(type, out));
        MarkMapping.write(policy.mark(), out);
        MarkMapping.write(policy.ifId(), out);
        writeOffloadAndOther(policy, out);
    }

    private static void writeOffloadAndOther(XfrmPolicy policy, MessageWriter out) {
        policy.offload().ifPresent(offload -> OffloadMapping.write(offload, out));
        OtherAttributes.write(policy.other(), out);
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

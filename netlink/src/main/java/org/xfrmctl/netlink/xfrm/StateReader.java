package org.xfrmctl.netlink.xfrm;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.struct.XfrmAddress;
import org.xfrmctl.netlink.uapi.AddressAttribute;
import org.xfrmctl.netlink.uapi.XfrmEncapTmpl;
import org.xfrmctl.netlink.uapi.XfrmId;
import org.xfrmctl.netlink.uapi.XfrmStats;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** From {@code xfrm_usersa_info} and attributes to a state. */
final class StateReader {
    /** What this class interprets, or what has no meaning of its own (PAD, and the struct itself in DELSA events). */
    private static final Set<Integer> KNOWN = Set.of(
            Xfrma.ALG_AUTH,
            Xfrma.ALG_CRYPT,
            Xfrma.ALG_COMP,
            Xfrma.ALG_AEAD,
            Xfrma.ALG_AUTH_TRUNC,
            Xfrma.ENCAP,
            Xfrma.SA,
            Xfrma.REPLAY_VAL,
            Xfrma.REPLAY_ESN_VAL,
            Xfrma.COADDR,
            Xfrma.LASTUSED,
            Xfrma.MARK,
            Xfrma.TFCPAD,
            Xfrma.SA_EXTRA_FLAGS,
            Xfrma.PAD,
            Xfrma.SET_MARK,
            Xfrma.SET_MARK_MASK,
            Xfrma.IF_ID);

    private StateReader() {}

    static XfrmState read(XfrmUsersaInfo info, Attributes attributes) {
        Family family = AddressMapping.family("xfrm_usersa_info", info.family());
        return XfrmState.builder(id(info.id(), family), AddressMapping.toModel(info.saddr(), family))
                .selector(SelectorMapping.toModel(info.sel()))
                .mode(mode(info.mode()))
                .reqid(new Reqid(info.reqid()))
                .seq(info.seq())
                .flags(flags(info, attributes))
                .algorithms(AlgorithmMapping.read(attributes))
                .replay(ReplayMapping.read(info, attributes))
                .limits(LifetimeMapping.toModel(info.lft()))
                .current(LifetimeMapping.toModel(info.curlft()))
                .statistics(statistics(info.stats()))
                .mark(MarkMapping.mark(attributes))
                .ifId(MarkMapping.ifId(attributes))
                .options(options(attributes, family))
                .build();
    }

    static SaId id(XfrmId raw, Family family) {
        return new SaId(
                AddressMapping.toModel(raw.daddr(), family),
                new Spi(raw.spi()),
                new IpProtocol(Byte.toUnsignedInt(raw.proto())));
    }

    static Mode mode(byte number) {
        return Mode.of(Byte.toUnsignedInt(number))
                .orElseThrow(() -> new MalformedMessageException(
                        "xfrm_usersa_info", 214, "has mode " + Byte.toUnsignedInt(number)));
    }

    private static StateFlags flags(XfrmUsersaInfo info, Attributes attributes) {
        int extra = attributes.find(Xfrma.SA_EXTRA_FLAGS).map(Attribute::u32).orElse(0);
        return new StateFlags(Byte.toUnsignedInt(info.flags()), extra);
    }

    private static StateStatistics statistics(XfrmStats raw) {
        return new StateStatistics(raw.replayWindow(), raw.replay(), raw.integrityFailed());
    }

    private static StateOptions options(Attributes attributes, Family family) {
        return new StateOptions(
                outputMark(attributes),
                attributes.find(Xfrma.ENCAP).map(attribute -> encap(attribute, family)),
                attributes.find(Xfrma.COADDR).map(attribute -> AddressMapping.toModel(address(attribute), family)),
                attributes.find(Xfrma.TFCPAD).map(Attribute::u32).orElse(0),
                attributes
                        .find(Xfrma.LASTUSED)
                        .map(attribute -> OptionalLong.of(attribute.u64()))
                        .orElse(OptionalLong.empty()),
                OtherAttributes.of(attributes, KNOWN));
    }

    /** Without a mask all bits count ({@code net/xfrm/xfrm_user.c, xfrm_smark_init()}). */
    private static Optional<Mark> outputMark(Attributes attributes) {
        int mask = attributes.find(Xfrma.SET_MARK_MASK).map(Attribute::u32).orElse(-1);
        return attributes.find(Xfrma.SET_MARK).map(attribute -> new Mark(attribute.u32(), mask));
    }

    private static Encap encap(Attribute attribute, Family family) {
        XfrmEncapTmpl raw = attribute.struct(XfrmEncapTmpl.CODEC);
        return new Encap(
                Short.toUnsignedInt(raw.encapType()),
                Short.toUnsignedInt(raw.encapSport()),
                Short.toUnsignedInt(raw.encapDport()),
                AddressMapping.toModel(raw.encapOa(), family));
    }

    private static XfrmAddress address(Attribute attribute) {
        return attribute.struct(AddressAttribute.CODEC).address();
    }
}

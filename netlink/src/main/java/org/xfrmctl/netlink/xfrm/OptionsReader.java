package org.xfrmctl.netlink.xfrm;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Iptfs;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.uapi.AddressAttribute;
import org.xfrmctl.netlink.uapi.XfrmEncapTmpl;
import org.xfrmctl.netlink.uapi.Xfrma;

/** The attributes of a state that become its {@link StateOptions}; what has no place there ends up in {@code other}. */
final class OptionsReader {
    /** What {@link StateReader} interprets, and what has no meaning of its own (PAD, and the struct in DELSA events). */
    private static final Set<Integer> ELSEWHERE = Set.of(
            Xfrma.ALG_AUTH,
            Xfrma.ALG_CRYPT,
            Xfrma.ALG_COMP,
            Xfrma.ALG_AEAD,
            Xfrma.ALG_AUTH_TRUNC,
            Xfrma.SA,
            Xfrma.REPLAY_VAL,
            Xfrma.REPLAY_ESN_VAL,
            Xfrma.MARK,
            Xfrma.SA_EXTRA_FLAGS,
            Xfrma.PAD,
            Xfrma.IF_ID);

    private final Attributes attributes;
    private final Family family;
    private final Set<Integer> understood = new HashSet<>(ELSEWHERE);

    OptionsReader(Attributes attributes, Family family) {
        this.attributes = attributes;
        this.family = family;
    }

    StateOptions read() {
        return new StateOptions(
                outputMark(),
                natTraversal(),
                placement(),
                iptfs(),
                extras(),
                OtherAttributes.of(attributes, understood));
    }

    /** Without a mask all bits count ({@code net/xfrm/xfrm_user.c, xfrm_smark_init()}). */
    private Optional<Mark> outputMark() {
        Optional<Attribute> value = find(Xfrma.SET_MARK);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Mark(value.get().u32(), u32(Xfrma.SET_MARK_MASK).orElse(-1)));
    }

    private NatTraversal natTraversal() {
        Optional<Encap> encap = find(Xfrma.ENCAP).map(attribute -> encap(attribute, family));
        int keepalive = u32(Xfrma.NAT_KEEPALIVE_INTERVAL).orElse(0);
        int mappingTimer = u32(Xfrma.MTIMER_THRESH).orElse(0);
        boolean none = encap.isEmpty() && keepalive == 0 && mappingTimer == 0;
        return none ? NatTraversal.NONE : new NatTraversal(encap, keepalive, mappingTimer);
    }

    static Encap encap(Attribute attribute, Family family) {
        XfrmEncapTmpl raw = attribute.struct(XfrmEncapTmpl.CODEC);
        return new Encap(
                Short.toUnsignedInt(raw.encapType()),
                Short.toUnsignedInt(raw.encapSport()),
                Short.toUnsignedInt(raw.encapDport()),
                AddressMapping.toModel(raw.encapOa(), family));
    }

    private Placement placement() {
        Placement placement = PlacementMapping.read(attributes, understood);
        Optional<Offload> offload = find(Xfrma.OFFLOAD_DEV).map(OffloadMapping::read);
        return offload.isEmpty() ? placement : new Placement(placement.direction(), placement.cpu(), offload);
    }

    private Iptfs iptfs() {
        Iptfs read = new Iptfs(
                u32(Xfrma.IPTFS_DROP_TIME),
                number(find(Xfrma.IPTFS_REORDER_WINDOW).map(attribute -> Short.toUnsignedInt(attribute.u16()))),
                find(Xfrma.IPTFS_DONT_FRAG).isPresent(),
                u32(Xfrma.IPTFS_INIT_DELAY),
                u32(Xfrma.IPTFS_MAX_QSIZE),
                u32(Xfrma.IPTFS_PKT_SIZE));
        return read.equals(Iptfs.UNSET) ? Iptfs.UNSET : read;
    }

    private StateExtras extras() {
        Optional<SecurityLabel> label = attributes.find(Xfrma.SEC_CTX).flatMap(LabelMapping::read);
        if (label.isPresent()) {
            understood.add(Xfrma.SEC_CTX);
        }
        StateExtras read = new StateExtras(
                find(Xfrma.COADDR)
                        .map(attribute -> AddressMapping.toModel(
                                attribute.struct(AddressAttribute.CODEC).address(), family)),
                u32(Xfrma.TFCPAD).orElse(0),
                find(Xfrma.LASTUSED)
                        .map(attribute -> OptionalLong.of(attribute.u64()))
                        .orElse(OptionalLong.empty()),
                label);
        return read.equals(StateExtras.NONE) ? StateExtras.NONE : read;
    }

    private Optional<Attribute> find(int type) {
        understood.add(type);
        return attributes.find(type);
    }

    private OptionalInt u32(int type) {
        return number(find(type).map(Attribute::u32));
    }

    private static OptionalInt number(Optional<Integer> value) {
        return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
    }
}

package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Iptfs;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.AddressAttribute;
import org.xfrmctl.netlink.uapi.XfrmEncapTmpl;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * {@link StateOptions} as attributes, in groups that {@link StateWriter} puts between others, in the order of {@code
 * net/xfrm/xfrm_user.c, copy_to_user_state_extra()}.
 */
final class OptionsWriter {
    private final StateOptions options;
    private final MessageWriter out;

    OptionsWriter(StateOptions options, MessageWriter out) {
        this.options = options;
        this.out = out;
    }

    void careOf() {
        options.extras().careOf().ifPresent(address -> writeCareOf(address, out));
    }

    static void writeCareOf(IpAddress address, MessageWriter out) {
        out.attribute(Xfrma.COADDR, AddressAttribute.CODEC, new AddressAttribute(AddressMapping.toWire(address)));
    }

    /** An empty attribute in front brings the 64 bits to a multiple of 8 ({@code nla_align_64bit()}). */
    void lastUsed() {
        options.extras().lastUsed().ifPresent(seconds -> {
            if (out.needsPadFor64Bits()) {
                out.attribute(Xfrma.PAD, new byte[0]);
            }
            out.attributeU64(Xfrma.LASTUSED, seconds);
        });
    }

    void encapsulationAndPadding() {
        options.encap().ifPresent(encap -> write(encap, out));
        writeUnlessZero(Xfrma.TFCPAD, options.extras().tfcPad());
    }

    static void write(Encap encap, MessageWriter out) {
        out.attribute(
                Xfrma.ENCAP,
                XfrmEncapTmpl.CODEC,
                new XfrmEncapTmpl(
                        (short) encap.type(),
                        (short) encap.sourcePort(),
                        (short) encap.destinationPort(),
                        AddressMapping.toWire(encap.original())));
    }

    void outputMark() {
        options.outputMark()
                .ifPresent(mark ->
                        out.attributeU32(Xfrma.SET_MARK, mark.value()).attributeU32(Xfrma.SET_MARK_MASK, mark.mask()));
    }

    void offload() {
        options.placement().offload().ifPresent(offload -> OffloadMapping.write(offload, out));
    }

    void labelAndBeyond() {
        StateExtras extras = options.extras();
        extras.label().ifPresent(label -> LabelMapping.write(label, out));
        iptfs(options.iptfs());
        NatTraversal nat = options.natTraversal();
        writeUnlessZero(Xfrma.MTIMER_THRESH, nat.mappingTimer());
        PlacementMapping.write(options.placement(), out);
        writeUnlessZero(Xfrma.NAT_KEEPALIVE_INTERVAL, nat.keepalive());
        OtherAttributes.write(options.other(), out);
    }

    private void iptfs(Iptfs iptfs) {
        iptfs.dropTime().ifPresent(time -> out.attributeU32(Xfrma.IPTFS_DROP_TIME, time));
        iptfs.reorderWindow().ifPresent(packets -> out.attributeU16(Xfrma.IPTFS_REORDER_WINDOW, packets));
        if (iptfs.dontFragment()) {
            out.attribute(Xfrma.IPTFS_DONT_FRAG, new byte[0]);
        }
        iptfs.initDelay().ifPresent(delay -> out.attributeU32(Xfrma.IPTFS_INIT_DELAY, delay));
        iptfs.maxQueue().ifPresent(size -> out.attributeU32(Xfrma.IPTFS_MAX_QSIZE, size));
        iptfs.packetSize().ifPresent(size -> out.attributeU32(Xfrma.IPTFS_PKT_SIZE, size));
    }

    private void writeUnlessZero(int type, int value) {
        if (value != 0) {
            out.attributeU32(type, value);
        }
    }
}

package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.Encap;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.AddressAttribute;
import org.xfrmctl.netlink.uapi.XfrmEncapTmpl;
import org.xfrmctl.netlink.uapi.XfrmId;
import org.xfrmctl.netlink.uapi.XfrmStats;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** From a state to {@code xfrm_usersa_info} and attributes. */
final class StateWriter {
    private StateWriter() {}

    static XfrmUsersaInfo info(XfrmState state) {
        StateStatistics statistics = state.statistics();
        return new XfrmUsersaInfo(
                SelectorMapping.toWire(state.selector()),
                id(state.id()),
                AddressMapping.toWire(state.source()),
                LifetimeMapping.toWire(state.limits()),
                LifetimeMapping.toWire(state.current()),
                new XfrmStats(statistics.replayWindow(), statistics.replay(), statistics.integrityFailed()),
                state.seq(),
                state.reqid().bits(),
                (short) state.family().number(),
                (byte) state.mode().number(),
                ReplayMapping.legacyWindow(state.replay()),
                (byte) state.flags().bits());
    }

    static XfrmId id(SaId id) {
        return new XfrmId(AddressMapping.toWire(id.destination()), id.spi().bits(), (byte)
                id.protocol().number());
    }

    /** What was used and counted is the kernel's to know: a request says nothing of it. */
    static XfrmUsersaInfo requestInfo(XfrmState state) {
        return info(state.toBuilder()
                .current(LifetimeCurrent.NONE)
                .statistics(StateStatistics.NONE)
                .build());
    }

    static void requestAttributes(XfrmState state, MessageWriter out) {
        StateOptions options = state.options();
        writeExtraFlags(state, out);
        writeCareOf(options, out);
        AlgorithmMapping.writeRequest(state, out);
        options.encap().ifPresent(encap -> write(encap, out));
        writeTfcPad(options, out);
        if (state.mark().mask() != 0) {
            MarkMapping.write(state.mark(), out);
        }
        writeOutputMark(options, out);
        ReplayMapping.writeRequest(state.replay(), out);
        MarkMapping.write(state.ifId(), out);
        options.other().forEach(raw -> write(raw, out));
    }

    /** In the order of {@code net/xfrm/xfrm_user.c, copy_to_user_state_extra()}. */
    static void dumpAttributes(XfrmState state, MessageWriter out) {
        StateOptions options = state.options();
        writeExtraFlags(state, out);
        writeCareOf(options, out);
        options.lastUsed().ifPresent(seconds -> writeLastUsed(seconds, out));
        AlgorithmMapping.writeDump(state, out);
        options.encap().ifPresent(encap -> write(encap, out));
        writeTfcPad(options, out);
        MarkMapping.write(state.mark(), out);
        writeOutputMark(options, out);
        ReplayMapping.writeDump(state.replay(), out);
        options.other().stream().filter(StateWriter::isOffload).forEach(raw -> write(raw, out));
        MarkMapping.write(state.ifId(), out);
        options.other().stream().filter(raw -> !isOffload(raw)).forEach(raw -> write(raw, out));
    }

    private static boolean isOffload(RawAttribute raw) {
        return raw.type() == Xfrma.OFFLOAD_DEV;
    }

    private static void writeExtraFlags(XfrmState state, MessageWriter out) {
        if (state.flags().extraBits() != 0) {
            out.attributeU32(Xfrma.SA_EXTRA_FLAGS, state.flags().extraBits());
        }
    }

    private static void writeCareOf(StateOptions options, MessageWriter out) {
        options.careOf()
                .map(AddressMapping::toWire)
                .ifPresent(
                        address -> out.attribute(Xfrma.COADDR, AddressAttribute.CODEC, new AddressAttribute(address)));
    }

    private static void writeTfcPad(StateOptions options, MessageWriter out) {
        if (options.tfcPad() != 0) {
            out.attributeU32(Xfrma.TFCPAD, options.tfcPad());
        }
    }

    private static void writeOutputMark(StateOptions options, MessageWriter out) {
        options.outputMark()
                .ifPresent(mark ->
                        out.attributeU32(Xfrma.SET_MARK, mark.value()).attributeU32(Xfrma.SET_MARK_MASK, mark.mask()));
    }

    /** An empty attribute in front brings the 64 bits to a multiple of 8 ({@code nla_align_64bit()}). */
    private static void writeLastUsed(long seconds, MessageWriter out) {
        if (out.needsPadFor64Bits()) {
            out.attribute(Xfrma.PAD, new byte[0]);
        }
        out.attribute(Xfrma.LASTUSED, Long.BYTES, payload -> payload.putLong(0, seconds));
    }

    private static void write(Encap encap, MessageWriter out) {
        out.attribute(
                Xfrma.ENCAP,
                XfrmEncapTmpl.CODEC,
                new XfrmEncapTmpl(
                        (short) encap.type(),
                        (short) encap.sourcePort(),
                        (short) encap.destinationPort(),
                        AddressMapping.toWire(encap.original())));
    }

    static void write(RawAttribute raw, MessageWriter out) {
        out.attribute(raw.type(), raw.payload().toArray());
    }
}

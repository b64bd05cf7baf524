package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.MessageWriter;
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
        OptionsWriter options = new OptionsWriter(state.options(), out);
        writeExtraFlags(state, out);
        options.careOf();
        AlgorithmMapping.writeRequest(state, out);
        options.encapsulationAndPadding();
        if (state.mark().mask() != 0) {
            MarkMapping.write(state.mark(), out);
        }
        options.outputMark();
        ReplayMapping.writeRequest(state.replay(), out);
        options.offload();
        MarkMapping.write(state.ifId(), out);
        options.labelAndBeyond();
    }

    /** In the order of {@code net/xfrm/xfrm_user.c, copy_to_user_state_extra()}. */
    static void dumpAttributes(XfrmState state, MessageWriter out) {
        OptionsWriter options = new OptionsWriter(state.options(), out);
        writeExtraFlags(state, out);
        options.careOf();
        options.lastUsed();
        AlgorithmMapping.writeDump(state, out);
        options.encapsulationAndPadding();
        MarkMapping.write(state.mark(), out);
        options.outputMark();
        ReplayMapping.writeDump(state.replay(), out);
        options.offload();
        MarkMapping.write(state.ifId(), out);
        options.labelAndBeyond();
    }

    private static void writeExtraFlags(XfrmState state, MessageWriter out) {
        if (state.flags().extraBits() != 0) {
            out.attributeU32(Xfrma.SA_EXTRA_FLAGS, state.flags().extraBits());
        }
    }
}

package org.xfrmctl.netlink.text;

import java.util.Arrays;
import java.util.List;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.XfrmState;

/** Prints a state as {@code ip xfrm state} does. */
public final class StateText {
    private static final List<String> FLAGS =
            Arrays.stream(StateFlag.values()).map(StateFlag::toString).toList();
    private static final List<String> EXTRA_FLAGS =
            Arrays.stream(ExtraFlag.values()).map(ExtraFlag::toString).toList();

    private StateText() {}

    /** All lines of one state, ending with a line break. */
    public static String print(XfrmState state, TextOptions options) {
        TextPage page = new TextPage(options);
        RawLines raw = new RawLines(page, state.options().other());
        IdLines.print(
                page,
                "",
                state.source(),
                state.id(),
                IdLines.Numbers.ofState(state.id().protocol(), state.reqid(), state.mode()));
        printFlagLine(page, state);
        printAttributes(page, raw, state);
        if (!isZero(state)) {
            page.put("\tsel ");
            SelectorLine.print(page, state.selector(), state.family());
        }
        if (page.statistics()) {
            LifetimeLines.print(page, state.limits(), state.current());
            LifetimeLines.print(page, state.statistics());
        }
        raw.securityContext();
        return page.finish();
    }

    /** Only a selector of 56 zero bytes is left out, and the family is among them. */
    private static boolean isZero(XfrmState state) {
        return state.selector().family() == Family.UNSPEC && state.selector().isEmpty();
    }

    private static void printFlagLine(TextPage page, XfrmState state) {
        StateFlags flags = state.flags();
        page.put("\treplay-window ").unsigned(headerWindow(state.replay())).put(" ");
        if (page.statistics()) {
            // The digits are decimal, whatever the prefix says.
            page.put("seq 0x")
                    .put(TextPage.paddedTo8(Integer.toUnsignedString(state.seq())))
                    .put(" ");
        }
        if (page.statistics() || flags.bits() != 0) {
            page.put("flag ").put(FlagWords.of(flags.bits(), FLAGS));
        }
        if (page.statistics()) {
            if (flags.extraBits() != 0) {
                page.put("extra_flag ").put(FlagWords.of(flags.extraBits(), EXTRA_FLAGS));
            }
            page.put(FlagWords.digits(flags.bits()));
        }
        page.newline();
    }

    /** What the header says: a window with high words stands in its own attribute, and the header then says 0. */
    private static int headerWindow(ReplayState replay) {
        return replay instanceof ReplayState.Basic basic ? basic.window() : 0;
    }

    private static void printAttributes(TextPage page, RawLines raw, XfrmState state) {
        MarkLines.print(page, state.mark(), state.options().outputMark());
        new AlgorithmLines(page).print(state.algorithms());
        state.options().encap().ifPresent(encap -> printEncap(page, encap));
        state.options()
                .extras()
                .careOf()
                .ifPresent(address -> page.put("\tcoa ").put(address).newline());
        state.options()
                .extras()
                .lastUsed()
                .ifPresent(seconds -> page.put("\tlastused ").date(seconds).newline());
        ReplayLines.print(page, state.replay());
        raw.offload(true);
        printIfId(page, state.ifId());
        if (state.options().extras().tfcPad() != 0) {
            page.put("\ttfcpad ").unsigned(state.options().extras().tfcPad()).newline();
        }
        raw.direction();
    }

    private static void printEncap(TextPage page, Encap encap) {
        page.put("\tencap type ").put(encapName(encap.type()));
        page.put(" sport ").put(encap.sourcePort()).put(" dport ").put(encap.destinationPort());
        page.put(" addr ").put(encap.original()).newline();
    }

    private static String encapName(int type) {
        return switch (type) {
            case 1 -> "espinudp-nonike";
            case Encap.ESPINUDP -> "espinudp";
            case 7 -> "espintcp";
            default -> Integer.toString(type);
        };
    }

    static void printIfId(TextPage page, IfId ifId) {
        if (!ifId.isNone()) {
            page.put("\tif_id ").alternateHex(ifId.bits()).newline();
        }
    }
}

package org.xfrmctl.netlink.text;

import java.util.Arrays;
import java.util.List;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.netlink.text.AttributeLines.Owner;
import org.xfrmctl.netlink.uapi.XfrmSelector;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** All lines of a state, whatever message it lies in. */
final class StateLines {
    private static final List<String> FLAGS =
            Arrays.stream(StateFlag.values()).map(StateFlag::toString).toList();
    private static final List<String> EXTRA_FLAGS =
            Arrays.stream(ExtraFlag.values()).map(ExtraFlag::toString).toList();
    private static final String PREFIX = "\t";

    private final TextPage page;
    private final FirstAttributes attributes;

    StateLines(TextPage page, FirstAttributes attributes) {
        this.page = page;
        this.attributes = attributes;
    }

    /** {@code at} is where the message has its {@code struct xfrm_usersa_info}, all of it. */
    void print(int at) {
        MessageView message = attributes.message();
        XfrmUsersaInfo state = message.struct(XfrmUsersaInfo.CODEC, at, message.end());
        IdLines.print(page, state);
        flags(state);
        new AttributeLines(page, PREFIX, attributes, Owner.STATE).print(state.family());
        // Only a selector of 56 zero bytes is left out, family and padding among them. It is the struct's first member.
        if (!message.isZero(at, XfrmSelector.CODEC.size())) {
            page.put(PREFIX).put("sel ");
            new SelectorLine(page, message).print(state.sel(), state.family());
        }
        if (page.statistics()) {
            LifetimeLines lifetimes = new LifetimeLines(page, PREFIX);
            lifetimes.print(state.lft());
            lifetimes.print(state.curlft());
            lifetimes.print(state.stats());
        }
        SecurityContextLine.print(page, attributes);
    }

    private void flags(XfrmUsersaInfo state) {
        page.put(PREFIX).put("replay-window ").unsigned(state.replayWindow()).put(' ');
        if (page.statistics()) {
            // The digits are decimal, whatever the prefix says.
            page.put("seq 0x").wideDecimal(state.seq()).put(' ');
        }
        if (page.statistics() || state.flags() != 0) {
            page.put("flag ");
            FlagWords.print(page, Byte.toUnsignedInt(state.flags()), FLAGS);
        }
        if (page.statistics()) {
            if (attributes.has(Xfrma.SA_EXTRA_FLAGS)) {
                page.put("extra_flag ");
                FlagWords.print(page, attributes.u32(Xfrma.SA_EXTRA_FLAGS), EXTRA_FLAGS);
            }
            FlagWords.digits(page, state.flags());
        }
        page.newline();
    }
}

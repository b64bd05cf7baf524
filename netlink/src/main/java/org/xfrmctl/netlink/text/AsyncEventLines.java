package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.text.AttributeLines.Owner;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.XfrmAeventId;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * How far a state has counted (NEWAE). {@code ip} tells which state and why; {@link Version#EXTENDED} also what the
 * message is for, and in the words that a state has for it: the sequence numbers, {@code lifetime current}, mark and
 * if_id. {@code replay-threshold} is in packets, {@code timer-threshold} in tenths of a second.
 */
final class AsyncEventLines {
    private static final int REPLAY_UPDATE = 0x10;
    private static final int TIMER_EXPIRED = 0x20;
    private static final int POLICY_UPDATED = 0x40;
    private static final String PREFIX = "\t";

    private AsyncEventLines() {}

    /** Two lines, with real line breaks whatever the options say. What a message lacks is taken for zero. */
    static void print(TextPage page, MessageView message) {
        XfrmAeventId event = message.body(XfrmAeventId.CODEC);
        page.put("Async event  (").prefixedHex(event.flags()).put(") ");
        page.put((event.flags() & REPLAY_UPDATE) != 0 ? " replay update " : "");
        page.put((event.flags() & TIMER_EXPIRED) != 0 ? " timer expired " : "");
        page.put((event.flags() & POLICY_UPDATED) != 0 ? " policy updated " : "");
        page.put("\n\tsrc ").address(Short.toUnsignedInt(event.saId().family()), event.saddr());
        page.put(' ');
        state(page, event.saId(), event.reqid());
        page.put('\n');
        if (page.atLeast(Version.EXTENDED) && message.hasBody(page, XfrmAeventId.CODEC)) {
            numbers(page, FirstAttributes.behind(XfrmAeventId.CODEC, message, page), event);
        }
    }

    /** Which state it is, also of a mapping. */
    static void state(TextPage page, XfrmUsersaId id, int reqid) {
        page.put("dst ").address(Short.toUnsignedInt(id.family()), id.daddr());
        page.put("  reqid ").prefixedHex(reqid);
        page.put(" protocol ").put(page.options().protocolName().apply(Byte.toUnsignedInt(id.proto())));
        page.put("  SPI ").prefixedHex(id.spi());
    }

    private static void numbers(TextPage page, FirstAttributes attributes, XfrmAeventId event) {
        int before = page.length();
        new AttributeLines(page, PREFIX, attributes, Owner.STATE)
                .print(event.saId().family());
        if (attributes.has(Xfrma.LTIME_VAL) && attributes.holds(page, Xfrma.LTIME_VAL, XfrmLifetimeCur.CODEC)) {
            new LifetimeLines(page, PREFIX).print(attributes.struct(Xfrma.LTIME_VAL, XfrmLifetimeCur.CODEC));
        }
        threshold(page, "replay-threshold ", Xfrma.REPLAY_THRESH, attributes);
        threshold(page, "timer-threshold ", Xfrma.ETIMER_THRESH, attributes);
        if (page.length() > before) {
            page.finish();
        }
    }

    private static void threshold(TextPage page, String word, int type, FirstAttributes attributes) {
        if (attributes.has(type)) {
            page.put(PREFIX).put(word).unsigned(attributes.u32(type)).newline();
        }
    }
}

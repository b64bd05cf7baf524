package org.xfrmctl.netlink.text;

import java.util.List;
import org.xfrmctl.netlink.text.AttributeLines.Owner;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyType;
import org.xfrmctl.netlink.uapi.Xfrma;

/** All lines of a policy, whatever message it lies in. Unlike a state's, its lifetimes come before its templates. */
final class PolicyLines {
    private static final List<String> FLAGS = List.of("localok", "icmp");
    private static final List<String> EXTENDED_FLAGS = List.of("localok", "icmp", "cpu-acquire");
    /** {@code XFRM_POLICY_MAX}: from here on, directions are those of socket policies. */
    private static final int SOCKET = 3;

    private final TextPage page;
    private final String prefix;
    private final FirstAttributes attributes;

    /** {@code prefix} stands before every line but the first. */
    PolicyLines(TextPage page, String prefix, FirstAttributes attributes) {
        this.page = page;
        this.prefix = prefix + "\t";
        this.attributes = attributes;
    }

    void print(XfrmUserpolicyInfo policy) {
        new SelectorLine(page, attributes.message()).print(policy.sel(), (short) 0);
        SecurityContextLine.print(page, attributes);
        page.put(prefix);
        direction(page, Byte.toUnsignedInt(policy.dir()));
        action(policy.action());
        if (page.statistics()) {
            page.put("index ").unsigned(policy.index()).put(' ');
        }
        page.put("priority ").unsigned(policy.priority()).put(' ');
        type(page, attributes);
        if (page.statistics()) {
            TemplateLines.share(page, policy.share()).put(' ');
        }
        flags(policy.flags());
        page.newline();
        if (page.statistics()) {
            LifetimeLines lifetimes = new LifetimeLines(page, prefix);
            lifetimes.print(policy.lft());
            lifetimes.print(policy.curlft());
        }
        new AttributeLines(page, prefix, attributes, Owner.POLICY)
                .print(policy.sel().family());
    }

    static void direction(TextPage page, int direction) {
        page.put(direction >= SOCKET ? "socket " : "dir ");
        int number = direction >= SOCKET ? direction - SOCKET : direction;
        switch (number) {
            case 0 -> page.put("in ");
            case 1 -> page.put("out ");
            case 2 -> page.put("fwd ");
            default -> page.signed(number).put(' ');
        }
    }

    private void action(byte action) {
        switch (action) {
            case 0 -> page.put(page.statistics() ? "action allow " : "");
            case 1 -> page.put("action block ");
            default -> page.put("action ").unsigned(action).put(' ');
        }
    }

    /** Too short an attribute is read all the same. */
    static void type(TextPage page, FirstAttributes attributes) {
        if (!attributes.has(Xfrma.POLICY_TYPE)) {
            return;
        }
        page.put("ptype ");
        if (attributes.length(Xfrma.POLICY_TYPE) < XfrmUserpolicyType.CODEC.size()) {
            page.put("(ERROR truncated)");
        }
        byte type =
                attributes.struct(Xfrma.POLICY_TYPE, XfrmUserpolicyType.CODEC).type();
        switch (type) {
            case 0 -> page.put("main ");
            case 1 -> page.put("sub ");
            default -> page.unsigned(type).put(' ');
        }
    }

    private void flags(byte flags) {
        if (page.statistics() || flags != 0) {
            page.put("flag ");
            FlagWords.print(page, Byte.toUnsignedInt(flags), page.atLeast(Version.EXTENDED) ? EXTENDED_FLAGS : FLAGS);
        }
        if (page.statistics()) {
            FlagWords.digits(page, flags);
        }
    }
}

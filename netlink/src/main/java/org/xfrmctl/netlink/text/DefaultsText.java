package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.uapi.XfrmUserpolicyDefault;

/** What happens to packets without a policy, as {@code ip xfrm policy getdefault} prints it. */
public final class DefaultsText {
    private DefaultsText() {}

    /** Four lines, with real line breaks whatever the options say. */
    public static String print(XfrmUserpolicyDefault defaults) {
        return "Default policies:\n in:  " + name(defaults.in()) + "\n fwd: " + name(defaults.fwd()) + "\n out: "
                + name(defaults.out()) + "\n";
    }

    /** {@code XFRM_USERPOLICY_*} */
    private static String name(byte policy) {
        return switch (policy) {
            case 0 -> "unspec";
            case 1 -> "block";
            case 2 -> "accept";
            default -> "unknown";
        };
    }
}

package org.xfrmctl.netlink.text;

import org.xfrmctl.model.DefaultPolicies;

/** What happens to packets without a policy, as {@code ip xfrm policy getdefault} prints it. */
public final class DefaultsText {
    private DefaultsText() {}

    /** Four lines, with real line breaks whatever the options say. */
    public static String print(DefaultPolicies defaults) {
        return "Default policies:\n in:  " + DefaultPolicies.word(defaults.in())
                + "\n fwd: " + DefaultPolicies.word(defaults.fwd())
                + "\n out: " + DefaultPolicies.word(defaults.out()) + "\n";
    }
}

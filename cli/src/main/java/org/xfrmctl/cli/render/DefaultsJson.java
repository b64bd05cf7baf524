package org.xfrmctl.cli.render;

import java.util.Map;
import org.xfrmctl.model.DefaultPolicies;

/** What packets without policy meet: {@code {"in", "fwd", "out"}}. */
public final class DefaultsJson {
    private DefaultsJson() {}

    public static Map<String, Object> of(DefaultPolicies defaults) {
        return Json.object("in", word(defaults.in()), "fwd", word(defaults.fwd()), "out", word(defaults.out()));
    }

    /** The word of {@code ip xfrm policy getdefault}; the number where that says "unknown". */
    private static String word(int policy) {
        return policy <= DefaultPolicies.ACCEPT ? DefaultPolicies.word(policy) : Integer.toString(policy);
    }
}

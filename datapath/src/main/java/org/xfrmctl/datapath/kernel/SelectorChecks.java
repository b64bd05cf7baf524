package org.xfrmctl.datapath.kernel;

import org.xfrmctl.netlink.uapi.XfrmSelector;

/** What states and policies ask of a selector alike. */
final class SelectorChecks {
    private SelectorChecks() {}

    /** Refuses prefixes that are longer than the family's addresses. */
    static void checkPrefixes(XfrmSelector selector, boolean v4) {
        int most = v4 ? 32 : 128;
        if (Byte.toUnsignedInt(selector.prefixlenD()) > most || Byte.toUnsignedInt(selector.prefixlenS()) > most) {
            throw RequestRefusedException.invalid(
                    "Invalid prefix length in selector (must be <= " + most + " for " + (v4 ? "IPv4" : "IPv6") + ")");
        }
    }
}

package org.xfrmctl.datapath.kernel;

import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.uapi.XfrmSelector;
import org.xfrmctl.netlink.uapi.Xfrma;

/** What states and policies ask alike of a selector and of a label. */
final class SelectorChecks {
    /** {@code sizeof(struct xfrm_user_sec_ctx)}. */
    private static final int LABEL_HEAD = 8;

    private SelectorChecks() {}

    /** Refuses a label whose lengths do not agree ({@code verify_sec_ctx_len()}); there is no use for it otherwise. */
    static void checkLabel(Attributes attributes) {
        attributes.find(Xfrma.SEC_CTX).map(Attribute::payload).ifPresent(label -> {
            int length = Short.toUnsignedInt(label.getShort(0));
            int text = Short.toUnsignedInt(label.getShort(6));
            if (length > label.limit() || length != LABEL_HEAD + text) {
                throw RequestRefusedException.invalid("Invalid security context length");
            }
        });
    }

    /** Refuses prefixes that are longer than the family's addresses. */
    static void checkPrefixes(XfrmSelector selector, boolean v4) {
        int most = v4 ? 32 : 128;
        if (Byte.toUnsignedInt(selector.prefixlenD()) > most || Byte.toUnsignedInt(selector.prefixlenS()) > most) {
            throw RequestRefusedException.invalid(
                    "Invalid prefix length in selector (must be <= " + most + " for " + (v4 ? "IPv4" : "IPv6") + ")");
        }
    }
}

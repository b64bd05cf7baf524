package org.xfrmctl.manager.compile;

import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Selector;

/**
 * strongSwan's published formula, so that its policies and ours rank by one rule on one host: the narrower a selector,
 * the lower (better) its number.
 */
public final class PolicyPriority {
    private static final int BASE = 400_000;
    private static final int PER_PREFIX_BIT = 512;
    private static final int PROTOCOL = 256;
    private static final int PER_PORT_BIT = 4;

    private PolicyPriority() {}

    /** For a policy with templates: 192.168.0.100/32 to 10.1.0.0/16 has 375423. */
    public static int of(Selector selector) {
        return withoutTemplates(selector) - 1;
    }

    /** For the outbound forward policy, which must lose against one with templates: one more. */
    public static int withoutTemplates(Selector selector) {
        int portBits = Integer.bitCount(selector.sourcePort().mask())
                + Integer.bitCount(selector.destinationPort().mask());
        return BASE
                - (selector.source().length() + selector.destination().length()) * PER_PREFIX_BIT
                - (selector.proto().equals(IpProtocol.ANY) ? 0 : PROTOCOL)
                - portBits * PER_PORT_BIT;
    }
}

package org.xfrmctl.manager.status;

import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;

/**
 * One sentence on what each counter means. A state counts what its transform is given on the way out and what it yields on
 * the way in, before the next header is put on ({@code net/xfrm/xfrm_output.c, xfrm_output_one()}).
 */
final class CounterNotes {
    private static final String AH_OUT = "Every packet before it is authenticated.";
    private static final String AH_IN = "Every packet that was authentic, without the header.";

    private final boolean ipcomp;
    private final boolean tunnel;
    private final String sharing;

    CounterNotes(ChildSa child) {
        this.ipcomp = child.compresses();
        this.tunnel = child.isTunnel();
        this.sharing = child.sharing().isEmpty()
                ? ""
                : " Shared with " + String.join(", ", child.sharing()) + " between the same gateways.";
    }

    String of(Direction direction, IpProtocol protocol) {
        boolean out = direction == Direction.OUT;
        if (protocol.equals(IpProtocol.ESP)) {
            return out ? espOut() : espIn();
        }
        if (protocol.equals(IpProtocol.COMP)) {
            return out ? ipcompOut() : ipcompIn();
        }
        if (protocol.equals(IpProtocol.AH)) {
            return out ? AH_OUT : AH_IN;
        }
        return (out ? ipipOut() : ipipIn()) + sharing;
    }

    private String espOut() {
        return ipcomp
                ? "Every packet, as IPComp made it: compressed with IPComp's 4 bytes, or unchanged where that saved nothing."
                : "Every packet before encryption: "
                        + (tunnel ? "the whole inner packet." : "what follows the IP header.");
    }

    private String espIn() {
        return ipcomp
                ? "Every packet after decryption, still compressed where it came compressed."
                : "Every packet after decryption: "
                        + (tunnel ? "the whole inner packet." : "what follows the IP header.");
    }

    private String ipcompOut() {
        return "Every packet before compression, whether it was then compressed or not; compare with ESP out for the gain.";
    }

    private String ipcompIn() {
        return "Only packets that arrived compressed, after decompression; the others are "
                + (tunnel ? "under IPIP in." : "under ESP in alone.");
    }

    private static String ipipOut() {
        return "Always 0: the kernel never sends by this state and counts uncompressed packets under IPComp out.";
    }

    private static String ipipIn() {
        return "Only packets that arrived uncompressed, being too small or not compressible.";
    }
}

package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.AttributePolicy;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.ErrorMessage.Fault;
import org.xfrmctl.netlink.uapi.Payload;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * The shortest payload of each attribute that Linux 6.1 knows ({@code xfrma_policy}). A longer one is fine, an unknown
 * type too: the validation is that of old protocols ({@code NL_VALIDATE_LIBERAL}).
 */
final class AttributeRules {
    /** The last type that Linux 6.1 knows. */
    private static final int LAST = Xfrma.MTIMER_THRESH;

    private AttributeRules() {}

    /** Refuses the first attribute that is too short, and says where it is and, of a number, what it should be. */
    static void check(Attributes attributes) {
        for (Attribute attribute : attributes) {
            if (attribute.type() <= LAST && attribute.length() < shortest(attribute.type())) {
                throw RequestRefusedException.at(
                        Fault.at(attribute.offset(), number(attribute.type())),
                        Errno.ERANGE,
                        "Attribute failed policy validation");
            }
        }
    }

    private static int shortest(int type) {
        return Xfrma.TABLE.payload(type).map(Payload::shortest).orElse(0);
    }

    /** The kernel describes numbers, and nothing else. */
    private static Optional<AttributePolicy> number(int attribute) {
        return Xfrma.TABLE.payload(attribute).flatMap(payload -> switch (payload.form()) {
            case U8 -> Optional.of(AttributePolicy.number(AttributePolicy.U8, 0xffL));
            case U32 -> Optional.of(AttributePolicy.number(AttributePolicy.U32, 0xffff_ffffL));
            case U64 -> Optional.of(AttributePolicy.number(AttributePolicy.U64, -1L));
            default -> Optional.empty();
        });
    }
}

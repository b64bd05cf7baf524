package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.AttributePolicy;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.ErrorMessage.Fault;
import org.xfrmctl.netlink.uapi.AttributeTable;
import org.xfrmctl.netlink.uapi.Payload;
import org.xfrmctl.netlink.uapi.XfrmInfoAttribute;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * The shortest payload of each attribute that Linux 6.1 knows. A longer one is fine, an unknown
 * type too: the validation is that of old protocols ({@code NL_VALIDATE_LIBERAL}).
 */
final class AttributeRules {
    /** Those of all requests but one ({@code xfrma_policy}). */
    static final AttributeRules COMMON = new AttributeRules(Xfrma.TABLE, 1, Xfrma.MTIMER_THRESH);
    /** Those of {@code NEWSPDINFO} ({@code xfrma_spd_policy}), of which only what can be set has a length. */
    static final AttributeRules SPD = new AttributeRules(
            XfrmInfoAttribute.SPD, XfrmInfoAttribute.SPD_IPV4_HTHRESH, XfrmInfoAttribute.SPD_IPV6_HTHRESH);

    private final AttributeTable table;
    private final int first;
    private final int last;

    private AttributeRules(AttributeTable table, int first, int last) {
        this.table = table;
        this.first = first;
        this.last = last;
    }

    /** Refuses the first attribute that is too short, and says where it is and, of a number, what it should be. */
    void check(Attributes attributes) {
        for (Attribute attribute : attributes) {
            if (attribute.type() >= first
                    && attribute.type() <= last
                    && attribute.length() < shortest(attribute.type())) {
                throw RequestRefusedException.at(
                        Fault.at(attribute.offset(), number(attribute.type())),
                        Errno.ERANGE,
                        "Attribute failed policy validation");
            }
        }
    }

    /** Without those that this kernel does not know, whatever is in them. */
    Attributes known(Attributes attributes) {
        return attributes.upTo(last);
    }

    private int shortest(int type) {
        return table.payload(type).map(Payload::shortest).orElse(0);
    }

    /** The kernel describes numbers, and nothing else. */
    private Optional<AttributePolicy> number(int attribute) {
        return table.payload(attribute).flatMap(payload -> switch (payload.form()) {
            case U8 -> Optional.of(AttributePolicy.number(AttributePolicy.U8, 0xffL));
            case U32 -> Optional.of(AttributePolicy.number(AttributePolicy.U32, 0xffff_ffffL));
            case U64 -> Optional.of(AttributePolicy.number(AttributePolicy.U64, -1L));
            default -> Optional.empty();
        });
    }
}

package org.xfrmctl.datapath.kernel;

import java.util.Map;
import java.util.Optional;
import org.xfrmctl.datapath.kernel.RequestRefusedException.BadAttribute;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * The shortest payload of each attribute that Linux 6.1 knows ({@code xfrma_policy}). A longer one is fine, an unknown
 * type too: the validation is that of old protocols ({@code NL_VALIDATE_LIBERAL}).
 */
final class AttributeRules {
    private static final Map<Integer, Integer> SHORTEST = Map.ofEntries(
            Map.entry(Xfrma.ALG_AUTH, 68),
            Map.entry(Xfrma.ALG_CRYPT, 68),
            Map.entry(Xfrma.ALG_COMP, 68),
            Map.entry(Xfrma.ENCAP, 24),
            Map.entry(Xfrma.TMPL, 64),
            Map.entry(Xfrma.SA, 224),
            Map.entry(Xfrma.POLICY, 168),
            Map.entry(Xfrma.SEC_CTX, 8),
            Map.entry(Xfrma.LTIME_VAL, 32),
            Map.entry(Xfrma.REPLAY_VAL, 12),
            Map.entry(Xfrma.REPLAY_THRESH, 4),
            Map.entry(Xfrma.ETIMER_THRESH, 4),
            Map.entry(Xfrma.SRCADDR, 16),
            Map.entry(Xfrma.COADDR, 16),
            Map.entry(Xfrma.LASTUSED, 8),
            Map.entry(Xfrma.POLICY_TYPE, 6),
            Map.entry(Xfrma.MIGRATE, 76),
            Map.entry(Xfrma.ALG_AEAD, 72),
            Map.entry(Xfrma.KMADDRESS, 40),
            Map.entry(Xfrma.ALG_AUTH_TRUNC, 72),
            Map.entry(Xfrma.MARK, 8),
            Map.entry(Xfrma.TFCPAD, 4),
            Map.entry(Xfrma.REPLAY_ESN_VAL, 24),
            Map.entry(Xfrma.SA_EXTRA_FLAGS, 4),
            Map.entry(Xfrma.PROTO, 1),
            Map.entry(Xfrma.ADDRESS_FILTER, 36),
            Map.entry(Xfrma.OFFLOAD_DEV, 8),
            Map.entry(Xfrma.SET_MARK, 4),
            Map.entry(Xfrma.SET_MARK_MASK, 4),
            Map.entry(Xfrma.IF_ID, 4),
            Map.entry(Xfrma.MTIMER_THRESH, 4));

    private AttributeRules() {}

    /** Refuses the first attribute that is too short, and says where it is and, of a number, what it should be. */
    static void check(Attributes attributes) {
        for (Attribute attribute : attributes) {
            if (attribute.length() < SHORTEST.getOrDefault(attribute.type(), 0)) {
                throw RequestRefusedException.at(
                        new BadAttribute(attribute.offset(), numberType(attribute.type())),
                        Errno.ERANGE,
                        "Attribute failed policy validation");
            }
        }
    }

    private static Optional<NumberType> numberType(int attribute) {
        return switch (attribute) {
            case Xfrma.REPLAY_THRESH,
                    Xfrma.ETIMER_THRESH,
                    Xfrma.TFCPAD,
                    Xfrma.SA_EXTRA_FLAGS,
                    Xfrma.SET_MARK,
                    Xfrma.SET_MARK_MASK,
                    Xfrma.IF_ID,
                    Xfrma.MTIMER_THRESH -> Optional.of(NumberType.U32);
            case Xfrma.PROTO -> Optional.of(NumberType.U8);
            case Xfrma.LASTUSED -> Optional.of(NumberType.U64);
            default -> Optional.empty();
        };
    }
}

package org.xfrmctl.netlink.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.Payload;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * What nobody interprets here, kept in its order and written back as it came: unknown attributes; known ones that are
 * longer than this program knows them, as a newer kernel's may be (behind what is understood of them, so that they win);
 * and bytes behind the last attribute.
 */
final class OtherAttributes {
    private OtherAttributes() {}

    static List<RawAttribute> of(Attributes attributes, Set<Integer> known) {
        List<RawAttribute> other = new ArrayList<>();
        for (Attribute attribute : attributes) {
            if (!known.contains(attribute.type()) || (isLonger(attribute) && counts(attribute, attributes))) {
                other.add(new RawAttribute(attribute.type() | attribute.flags(), Bytes.of(attribute.bytes())));
            }
        }
        if (attributes.leftover() > 0) {
            byte[] rest = new byte[attributes.leftover()];
            attributes.rest().get(0, rest);
            other.add(new RawAttribute(RawAttribute.TRAILING, Bytes.of(rest)));
        }
        return other;
    }

    static void write(List<RawAttribute> other, MessageWriter out) {
        for (RawAttribute raw : other) {
            if (raw.isTrailing()) {
                out.trailing(raw.payload().toArray());
            } else {
                out.attribute(raw.type(), raw.payload().toArray());
            }
        }
    }

    /** Of several with the same type the last one counts. */
    private static boolean counts(Attribute attribute, Attributes attributes) {
        return attributes
                .find(attribute.type())
                .filter(last -> last.offset() == attribute.offset())
                .isPresent();
    }

    /** Only payloads of one length can be too long; what follows a key is dropped, for it may be one. */
    private static boolean isLonger(Attribute attribute) {
        Optional<Payload> payload = Xfrma.TABLE.payload(attribute.type());
        return payload.isPresent()
                && payload.get().hasOneLength()
                && attribute.length() > payload.get().shortest();
    }
}

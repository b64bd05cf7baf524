package org.xfrmctl.netlink.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;

/** Attributes that nobody interprets here: kept in their order, written back as they came. */
final class OtherAttributes {
    private OtherAttributes() {}

    static List<RawAttribute> of(Attributes attributes, Set<Integer> known) {
        List<RawAttribute> other = new ArrayList<>();
        for (Attribute attribute : attributes) {
            if (!known.contains(attribute.type())) {
                other.add(new RawAttribute(attribute.type(), Bytes.of(attribute.bytes())));
            }
        }
        return other;
    }
}

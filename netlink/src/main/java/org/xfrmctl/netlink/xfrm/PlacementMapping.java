package org.xfrmctl.netlink.xfrm;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Direction and CPU of a state, as many messages tell them; see {@link OffloadMapping} for the device. */
final class PlacementMapping {
    private PlacementMapping() {}

    /** Adds to {@code understood} what is part of the result; a direction that nobody knows is not. */
    static Placement read(Attributes attributes, Set<Integer> understood) {
        Optional<SaDirection> direction =
                attributes.find(Xfrma.SA_DIR).flatMap(attribute -> SaDirection.of(Byte.toUnsignedInt(attribute.u8())));
        if (direction.isPresent()) {
            understood.add(Xfrma.SA_DIR);
        }
        Optional<Attribute> cpu = attributes.find(Xfrma.SA_PCPU);
        understood.add(Xfrma.SA_PCPU);
        return direction.isEmpty() && cpu.isEmpty()
                ? Placement.ANYWHERE
                : new Placement(
                        direction,
                        cpu.isPresent() ? OptionalInt.of(cpu.get().u32()) : OptionalInt.empty(),
                        Optional.empty());
    }

    static void write(Placement placement, MessageWriter out) {
        placement.cpu().ifPresent(cpu -> out.attributeU32(Xfrma.SA_PCPU, cpu));
        placement.direction().ifPresent(direction -> out.attributeU8(Xfrma.SA_DIR, direction.number()));
    }
}

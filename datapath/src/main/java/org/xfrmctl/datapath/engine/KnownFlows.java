package org.xfrmctl.datapath.engine;

import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.wire.FlowReader;
import org.xfrmctl.model.IfId;

/**
 * The flows that packets have had lately, so that one more packet of such a flow needs no new key. A flow that comes to
 * the place of another takes it. Guarded by the lock of the {@link XfrmNamespace}.
 */
final class KnownFlows {
    private static final int PLACES = 1 << 10;

    private final FlowReader reader = new FlowReader();
    private final @Nullable FlowKey[] known = new FlowKey[PLACES];

    /** The key of a packet's flow; null if the packet has no sound IP header. */
    @Nullable
    FlowKey of(Packet packet, IfId ifId, boolean arrived) {
        if (!reader.read(packet.buffer(), arrived)) {
            return null;
        }
        int place = reader.hash() & PLACES - 1;
        FlowKey present = known[place];
        if (present != null
                && present.mark() == packet.mark()
                && present.device() == packet.device()
                && present.ifId().equals(ifId)
                && reader.isOf(present.flow())) {
            return present;
        }
        FlowKey fresh = new FlowKey(reader.flow(), packet.mark(), packet.device(), ifId);
        known[place] = fresh;
        return fresh;
    }
}

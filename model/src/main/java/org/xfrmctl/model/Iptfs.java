package org.xfrmctl.model;

import java.util.OptionalInt;

/**
 * What a state in mode {@link Mode#IPTFS} may set (RFC 9347, {@code XFRMA_IPTFS_*}); the kernel has a default for what
 * is absent. All are unsigned.
 *
 * @param dropTime inbound, microseconds until a missing packet counts as lost
 * @param reorderWindow inbound, packets, 16 bits
 * @param dontFragment outbound, whether inner packets stay whole
 * @param initDelay outbound, microseconds to wait for more packets
 * @param maxQueue outbound, bytes
 * @param packetSize outbound, bytes; 0 goes by the path's MTU
 */
public record Iptfs(
        OptionalInt dropTime,
        OptionalInt reorderWindow,
        boolean dontFragment,
        OptionalInt initDelay,
        OptionalInt maxQueue,
        OptionalInt packetSize) {
    public static final Iptfs UNSET = new Iptfs(
            OptionalInt.empty(),
            OptionalInt.empty(),
            false,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());
}

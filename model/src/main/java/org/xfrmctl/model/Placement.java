package org.xfrmctl.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a state is worked on.
 *
 * @param direction which way it is for
 * @param cpu the only CPU that may use it (since Linux 6.13)
 * @param offload the device that does its cryptography
 */
public record Placement(Optional<SaDirection> direction, OptionalInt cpu, Optional<Offload> offload) {
    public static final Placement ANYWHERE = new Placement(Optional.empty(), OptionalInt.empty(), Optional.empty());

    public Placement withoutOffload() {
        return new Placement(direction, cpu, Optional.empty());
    }
}

package org.xfrmctl.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What few states have.
 *
 * @param careOf the care-of address of mobile IPv6
 * @param tfcPad the length to which ESP pads a tunnelled packet, in bytes; 0 for none
 * @param lastUsed Unix seconds of the last packet, where the kernel tells
 * @param label of a security module
 */
public record StateExtras(
        Optional<IpAddress> careOf, int tfcPad, OptionalLong lastUsed, Optional<SecurityLabel> label) {
    public static final StateExtras NONE = new StateExtras(Optional.empty(), 0, OptionalLong.empty(), Optional.empty());

    public StateExtras withTfcPad(int bytes) {
        return new StateExtras(careOf, bytes, lastUsed, label);
    }

    public StateExtras withLastUsed(OptionalLong seconds) {
        return new StateExtras(careOf, tfcPad, seconds, label);
    }
}

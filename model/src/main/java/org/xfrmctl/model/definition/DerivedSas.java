package org.xfrmctl.model.definition;

import java.util.List;

/**
 * {@code keys: {derive: SECRET}}: SPIs, CPIs and keys of both directions are made from a secret that both ends have and an
 * epoch, which counts the rekeys.
 *
 * @param place where the name of the secret stands
 */
public record DerivedSas(String secret, Place place) implements Sas {
    /** The length of the secret: as much as the hash function of the derivation gives. */
    public static final int BYTES = 32;

    /** Directions are told apart by their addresses, so it is the same at both ends. */
    @Override
    public DerivedSas mirrored() {
        return this;
    }

    @Override
    public List<SecretUse> secrets(EspProposal esp) {
        return List.of(
                new SecretUse(secret, place, BYTES, "derive needs " + BYTES + " bytes", Integer.toString(BYTES)));
    }
}

package org.xfrmctl.model.definition;

import java.util.List;

/** Where a child's SAs come from: they stand in the definition one by one, or are derived from one secret. */
public sealed interface Sas permits SaPair, DerivedSas {
    /** The same for the other end. */
    Sas mirrored();

    /** The secrets that they take. */
    List<SecretUse> secrets(EspProposal esp);

    /**
     * A secret, and what it must be.
     *
     * @param name its name below {@code secrets:}
     * @param place where it is named
     * @param bytes how long it must be
     * @param needs that in words
     * @param keygen what {@code xfrmctl keygen} is to be given to make one
     */
    record SecretUse(String name, Place place, int bytes, String needs, String keygen) {}
}

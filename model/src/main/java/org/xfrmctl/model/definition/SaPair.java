package org.xfrmctl.model.definition;

/** {@code sas}: the parameters of the two directions, as seen from this host. */
public record SaPair(SaParameters in, SaParameters out) {
    public SaPair mirrored() {
        return new SaPair(out, in);
    }
}

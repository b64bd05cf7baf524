package org.xfrmctl.model.definition;

import java.util.List;
import java.util.stream.Stream;

/** {@code sas}: the parameters of the two directions, as seen from this host. */
public record SaPair(SaParameters in, SaParameters out) implements Sas {
    @Override
    public SaPair mirrored() {
        return new SaPair(out, in);
    }

    @Override
    public List<SecretUse> secrets(EspProposal esp) {
        String needs = esp.name() + " needs " + EspProposals.keyLayout(esp);
        return Stream.of(out, in)
                .map(sa -> new SecretUse(sa.key(), sa.place(), esp.keyBytes(), needs, /* keygen= */ esp.name()))
                .toList();
    }
}

package org.xfrmctl.manager.probe;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/** Between which addresses to probe, as far as somebody has said. */
public record ProbeEnds(Optional<IpAddress> from, Optional<IpAddress> to) {
    public ProbeEnds {
        if (from.isPresent()
                && to.isPresent()
                && from.get().family() != to.get().family()) {
            throw new UnprobeableException(
                    "no packet goes from " + from.get() + " to " + to.get(), "give two addresses of one family");
        }
    }
}

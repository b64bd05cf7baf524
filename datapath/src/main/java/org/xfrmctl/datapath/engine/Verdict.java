package org.xfrmctl.datapath.engine;

import java.util.Optional;
import org.xfrmctl.model.XfrmCounter;

/** What is to be done with a packet. The engine has raised the counter already. */
public sealed interface Verdict {
    /** Goes on: outbound to be routed by its (new) destination, inbound to be taken as if it had just arrived. */
    record Forward(Packet packet) implements Verdict {}

    /** Vanishes. Some drops have no counter: the default policy's, and those of the IP layer. */
    record Drop(Optional<XfrmCounter> counter, Refusal refusal) implements Verdict {}

    /** Does not fit and must not be fragmented; {@code mtu} is what would fit. No association has seen the packet. */
    record TooBig(int mtu) implements Verdict {}
}

package org.xfrmctl.netlink.probe;

import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * Asks a kernel whether it would take a state. What it says is believed only if it has looked at the state: ESP without any
 * algorithm is refused with EINVAL by every Linux ({@code verify_newsa_info()}).
 */
final class Rehearsals {
    private final XfrmClient client;
    private final boolean believed;

    Rehearsals(XfrmClient client) {
        this.client = client;
        this.believed = Answer.of(client.rehearseState(
                        state(IpProtocol.ESP, IpAddress.ANY_V4).build()))
                .is(Errno.EINVAL);
    }

    /** A state that nothing but its algorithms is wanted of. */
    static XfrmState.Builder state(IpProtocol protocol, IpAddress any) {
        return XfrmState.builder(new SaId(any, Spi.NONE, protocol), any);
    }

    Answer of(XfrmState state) {
        return believed ? Answer.of(client.rehearseState(state)) : Answer.NOTHING_SAID;
    }
}

package org.xfrmctl.it.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.StateCodec;

/** Every state that somebody has asked a kernel for, taken or not: whoever knows its keys can look into packets. */
final class KnownStates {
    private final List<XfrmState> states = new ArrayList<>();

    /** Remembers the state of a request, if it is one for a state and can be read. */
    void learn(byte[] request) {
        ByteBuffer bytes = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
        int type = Short.toUnsignedInt(bytes.getShort(4));
        if (type == XfrmMsg.NEWSA || type == XfrmMsg.UPDSA) {
            try {
                NetlinkMessage.split(bytes).forEach(message -> states.add(StateCodec.decode(message)));
            } catch (MalformedMessageException | IllegalArgumentException e) {
                // A spoiled request: a kernel hardly takes it, and if it does, its packets are compared unopened.
                return;
            }
        }
    }

    List<XfrmState> all() {
        return Collections.unmodifiableList(states);
    }

    /** Those with a protocol and SPI; where they lead to may have changed, so that others come behind. */
    List<XfrmState> with(IpProtocol protocol, int spi, IpAddress destination) {
        return states.stream()
                .filter(state -> state.id().protocol().equals(protocol)
                        && state.id().spi().bits() == spi)
                .sorted(Comparator.comparing(state -> !state.id().destination().equals(destination)))
                .toList();
    }
}

package org.xfrmctl.cli.render;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/**
 * Random events, states and policies as they are read from messages: with numbers as wide as a kernel's are. What no
 * message can say, as an unknown attribute with a known one's number, is drawn again.
 */
final class HeardRecords {
    private static final int ATTEMPTS = 1000;

    private final RandomRecords random;

    HeardRecords(long seed) {
        random = new RandomRecords(seed);
    }

    XfrmState state() {
        return ((XfrmEvent.StateAdded) event(XfrmEvent.StateAdded.class)).state();
    }

    XfrmPolicy policy() {
        return ((XfrmEvent.PolicyAdded) event(XfrmEvent.PolicyAdded.class)).policy();
    }

    XfrmEvent event(Class<?> kind) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<XfrmEvent> heard = heard((XfrmEvent) random.value((Type) kind));
            if (heard.isPresent() && heard.get().getClass() == kind) {
                return heard.get();
            }
        }
        throw new AssertionError("no message says what " + kind + " does");
    }

    private static Optional<XfrmEvent> heard(XfrmEvent event) {
        MessageWriter messages = new MessageWriter();
        try {
            event.encode(messages.begin(event.type(), 0, 0, 0));
            messages.end();
            ByteBuffer datagram = messages.datagram();
            return Optional.of(XfrmEvent.decode(NetlinkMessage.split(datagram).get(0)));
        } catch (MalformedMessageException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

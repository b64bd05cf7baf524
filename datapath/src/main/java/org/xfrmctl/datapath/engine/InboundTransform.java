package org.xfrmctl.datapath.engine;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.ah.AhTransform;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.datapath.replay.ReplayWindow;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmCounter;

/** One association's work on an inbound payload, in the order of {@code xfrm_input}; the order decides what is counted. */
final class InboundTransform {
    /** What {@link #apply} answers for a packet to be dropped; {@link #error} says why. */
    static final int FAILED = -1;

    private static final int ESP_SEQUENCE = 4;

    private final XfrmNamespace namespace;
    private XfrmCounter error = XfrmCounter.IN_ERROR;

    InboundTransform(XfrmNamespace namespace) {
        this.namespace = namespace;
    }

    /** The counter to raise after {@link #FAILED}. */
    XfrmCounter error() {
        return error;
    }

    /**
     * What the payload is afterwards. {@code outer} is the IP header before it, which AH authenticates, too; {@code genuine}
     * is run when the packet has proved to be, before its number is noted.
     */
    int apply(
            PacketBuffer payload,
            HeaderKeeper outer,
            SecurityAssociation association,
            int protocol,
            int encapsulation,
            Runnable genuine) {
        if (association.phase() == SecurityAssociation.Phase.LARVAL) {
            return failed(XfrmCounter.ACQUIRE_ERROR);
        }
        Optional<Encap> encap = association.definition().options().encap();
        int wanted = encap.isPresent() ? encap.get().type() : 0;
        if (wanted != encapsulation) {
            return failed(XfrmCounter.IN_STATE_MISMATCH);
        }
        return protocol == IpProtocol.ESP.number() || protocol == IpProtocol.AH.number()
                ? open(payload, outer, association, protocol, genuine)
                : unwrap(payload, association, protocol);
    }

    private int open(
            PacketBuffer payload, HeaderKeeper outer, SecurityAssociation association, int protocol, Runnable genuine) {
        ReplayWindow window = association.window();
        boolean ah = protocol == IpProtocol.AH.number();
        int low = payload.i32(ah ? AhTransform.SEQUENCE : ESP_SEQUENCE);
        long sequence = window.expand(low);
        if (!passes(window.check(sequence, low), association)) {
            return failed(XfrmCounter.IN_STATE_SEQ_ERROR);
        }
        if (namespace.states().limits().isExpired(association)) {
            return failed(XfrmCounter.IN_STATE_EXPIRED);
        }
        int nextHeader = ah
                ? openAh(payload, outer, association.ah(), sequence)
                : association.esp(namespace.random()).open(payload, sequence);
        if (nextHeader == EspTransform.INTEGRITY_FAILED) {
            association.noteIntegrityFailure();
        }
        if (nextHeader < 0) {
            return failed(XfrmCounter.IN_STATE_PROTO_ERROR);
        }
        genuine.run();
        // Nothing else has touched the window since: the lock is held. The kernel checks again because its is not.
        window.advance(sequence);
        namespace.reports().moved(association);
        association.count(payload.length());
        return nextHeader;
    }

    private static int openAh(PacketBuffer payload, HeaderKeeper outer, AhTransform ah, long sequence) {
        // A transform before this one has shortened the packet; the protocol still is the one it came with.
        outer.announce(payload.length());
        return ah.open(outer.header(), outer.length(), payload, sequence);
    }

    private int unwrap(PacketBuffer payload, SecurityAssociation association, int protocol) {
        // IPComp has no numbers. The kernel checks a 0 all the same, which no state with a window takes.
        ReplayWindow window = association.window();
        long sequence = window.expand(0);
        if (!passes(window.check(sequence, 0), association)) {
            return failed(XfrmCounter.IN_STATE_SEQ_ERROR);
        }
        if (namespace.states().limits().isExpired(association)) {
            return failed(XfrmCounter.IN_STATE_EXPIRED);
        }
        int nextHeader = protocol;
        if (protocol == IpProtocol.COMP.number()) {
            nextHeader = association.ipcomp().decompress(payload);
        }
        if (nextHeader < 0) {
            return failed(XfrmCounter.IN_STATE_PROTO_ERROR);
        }
        association.count(payload.length());
        return nextHeader;
    }

    private int failed(XfrmCounter counter) {
        error = counter;
        return FAILED;
    }

    private static boolean passes(ReplayWindow.Outcome outcome, SecurityAssociation association) {
        switch (outcome) {
            case TOO_OLD -> association.noteBelowWindow();
            case DUPLICATE -> association.noteDuplicate();
            default -> {}
        }
        return outcome == ReplayWindow.Outcome.OK;
    }
}

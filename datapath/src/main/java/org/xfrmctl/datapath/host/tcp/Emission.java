package org.xfrmctl.datapath.host.tcp;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Bytes;

/** What a connection's segments say beside their data, and their way out. */
final class Emission {
    private static final long CHALLENGE_MILLIS = 500;

    private final Ends ends;
    private final Tcp tcp;
    private final SendSide send;
    private final ReceiveSide receive;
    private long nextChallenge;

    Emission(Ends ends, Tcp tcp, SendSide send, ReceiveSide receive) {
        this.ends = ends;
        this.tcp = tcp;
        this.send = send;
        this.receive = receive;
    }

    /** Sends a SYN, or the answer to one; the words of the errno if that fails. */
    Optional<String> syn(boolean answer, int mss) {
        Segment syn = new Segment(
                send.initial(),
                answer ? receive.next() : 0,
                answer ? Segment.SYN | Segment.ACK : Segment.SYN,
                answer ? receive.promise() : ReceiveSide.CAPACITY,
                OptionalInt.of(mss),
                Bytes.EMPTY);
        return tcp.ip().send(ends, syn.toBuffer(ends));
    }

    void acknowledge() {
        emit(Segment.bare(send.newest(), receive.next(), Segment.ACK, receive.promise()));
    }

    /**
     * Tells a peer whose segment cannot be right where we are. Not too often: two ends that disagree would answer each
     * other for ever ({@code net.ipv4.tcp_invalid_ratelimit}). Data is always answered, for its sender waits.
     */
    void challenge(Segment segment) {
        long now = tcp.timetable().now();
        if (segment.data().length() > 0 || now >= nextChallenge) {
            nextChallenge = now + CHALLENGE_MILLIS;
            acknowledge();
        }
    }

    void emit(SendSide.Piece piece) {
        int control = Segment.ACK
                | (piece.fin() ? Segment.FIN : 0)
                | (piece.data().length() > 0 && piece.end() == send.buffer().end() ? Segment.PSH : 0);
        emit(new Segment(
                piece.sequence(), receive.next(), control, receive.promise(), OptionalInt.empty(), piece.data()));
    }

    void emit(Segment segment) {
        // What cannot be sent now is sent again when the timer runs out.
        var unused = tcp.ip().send(ends, segment.toBuffer(ends));
    }
}

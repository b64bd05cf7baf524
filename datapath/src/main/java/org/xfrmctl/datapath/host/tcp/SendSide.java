package org.xfrmctl.datapath.host.tcp;

import java.util.Optional;
import org.xfrmctl.model.Bytes;

/** What goes to the peer: SND.UNA, SND.NXT, SND.WND and the bytes that are not yet acknowledged. */
final class SendSide {
    /** What to send next: where it stands, its data, and whether the stream ends behind it. */
    record Piece(int sequence, Bytes data, boolean fin) {
        int end() {
            return sequence + data.length() + (fin ? 1 : 0);
        }
    }

    private final int initial;
    private final Congestion congestion;
    private final SendBuffer buffer;
    private int unacknowledged;
    private int next;
    /** The end of what was ever sent; {@code next} goes back behind it when everything is sent again. */
    private int newest;

    private int window;
    private int windowSequence;
    private int windowAcknowledgment;

    SendSide(int initialSequence) {
        initial = initialSequence;
        unacknowledged = initialSequence;
        next = initialSequence;
        newest = initialSequence;
        buffer = new SendBuffer(initialSequence + 1);
        congestion = new Congestion(initialSequence);
    }

    /** ISS. */
    int initial() {
        return initial;
    }

    /** SND.NXT as the header of an acknowledgment shows it: never behind what the peer may have. */
    int newest() {
        return newest;
    }

    SendBuffer buffer() {
        return buffer;
    }

    Congestion congestion() {
        return congestion;
    }

    /** The SYN went out. */
    void synSent() {
        next = initial + 1;
        newest = next;
    }

    int flight() {
        return newest - unacknowledged;
    }

    int unacknowledged() {
        return unacknowledged;
    }

    /** Whether SEG.ACK acknowledges something new that was sent. */
    boolean isNews(int acknowledgment) {
        return Sequence.isAfter(acknowledgment, unacknowledged) && !Sequence.isAfter(acknowledgment, newest);
    }

    /** Whether a quoted sequence number is one of a segment under way (RFC 5927, section 4.1). */
    boolean isUnderWay(int sequence) {
        return !Sequence.isBefore(sequence, unacknowledged) && Sequence.isBefore(sequence, newest);
    }

    /** Takes SEG.ACK; how many bytes are newly acknowledged. */
    int acknowledge(int acknowledgment) {
        int bytes = acknowledgment - unacknowledged;
        unacknowledged = acknowledgment;
        next = Sequence.later(next, acknowledgment);
        buffer.release(acknowledgment);
        return bytes;
    }

    /** Takes SEG.WND, unless the segment is older than the one that told the last; whether it changed. */
    boolean window(int sequence, int acknowledgment, int value) {
        boolean older = Sequence.isBefore(sequence, windowSequence)
                || (sequence == windowSequence && Sequence.isBefore(acknowledgment, windowAcknowledgment));
        if (older) {
            return false;
        }
        boolean changed = window != value;
        window = value;
        windowSequence = sequence;
        windowAcknowledgment = acknowledgment;
        return changed;
    }

    /** The first window of a connection. */
    void openWindow(int sequence, int acknowledgment, int value) {
        window = value;
        windowSequence = sequence;
        windowAcknowledgment = acknowledgment;
    }

    boolean isWindowShut() {
        return window == 0 && flight() == 0 && buffer.hasBehind(next);
    }

    /** Whether there is something to send, which the peer has no room for. */
    boolean isShut() {
        return window == 0 && buffer.hasBehind(unacknowledged);
    }

    boolean isFinAcknowledged() {
        return buffer.isClosed() && unacknowledged == buffer.end() + 1;
    }

    /** What the windows let go out now. A segment that is not full waits for more room as long as others are under way. */
    Optional<Piece> next(int mss) {
        int under = next - unacknowledged;
        int room = Math.min(window, congestion.window()) - under;
        int available = buffer.end() - next;
        int size = Math.min(Math.min(available, mss), Math.max(0, room));
        boolean cut = size < available && size < mss;
        boolean fin = buffer.isClosed() && size == available && next != buffer.end() + 1;
        if ((size <= 0 && !fin) || (cut && (size <= 0 || under > 0))) {
            return Optional.empty();
        }
        Piece piece = new Piece(next, buffer.copy(next, size), fin);
        next = piece.end();
        return Optional.of(piece);
    }

    /** Marks a piece as sent; whether it goes for the first time. */
    boolean sent(Piece piece) {
        boolean first = !Sequence.isBefore(piece.sequence(), newest);
        newest = Sequence.later(newest, piece.end());
        return first;
    }

    /** The first piece that is not acknowledged, to be sent again. */
    Piece first(int mss) {
        int size = Math.min(mss, Math.max(0, buffer.end() - unacknowledged));
        boolean fin =
                buffer.isClosed() && unacknowledged + size == buffer.end() && Sequence.isAfter(newest, buffer.end());
        return new Piece(unacknowledged, buffer.copy(unacknowledged, size), fin);
    }

    /** One byte into a window that is shut (RFC 9293, section 3.8.6.1). */
    Piece probe() {
        return new Piece(unacknowledged, buffer.copy(unacknowledged, 1), false);
    }

    /** Everything that is not acknowledged goes again. */
    void goBack() {
        next = unacknowledged;
    }
}

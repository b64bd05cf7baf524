package org.xfrmctl.datapath.host.tcp;

import java.util.OptionalInt;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;

/** One connection (RFC 9293): what the application may do with it, and what a segment does to it (section 3.10). */
public final class TcpConnection {
    private static final long TIME_WAIT_MILLIS = 1000;
    private static final long CHALLENGE_MILLIS = 500;
    private static final int TCP_HEADER = 20;
    /** What a peer takes that does not say (RFC 9293, section 3.7.1). */
    private static final int DEFAULT_MSS_V4 = 536;

    private static final int DEFAULT_MSS_V6 = 1220;
    /** Linux's bound from below ({@code TCP_MIN_SND_MSS} less the options, which are none here). */
    private static final int LEAST_MSS = 48;

    private final Ends ends;
    private final Tcp tcp;
    private final Application application;
    private final SendSide send;
    private final ReceiveSide receive = new ReceiveSide();
    private final Retransmission retransmission;
    private State state = new State.Closed("");
    private int peerMss;
    private long nextChallenge;
    /** As of the last look at the path, which costs a lookup of policies. */
    private int mss = LEAST_MSS;

    TcpConnection(Ends ends, Tcp tcp, Application application, int initialSequence) {
        this.ends = ends;
        this.tcp = tcp;
        this.application = application;
        this.send = new SendSide(initialSequence);
        this.retransmission = new Retransmission(this, tcp.timetable());
        this.peerMss = ends.local().family() == Family.INET ? DEFAULT_MSS_V4 : DEFAULT_MSS_V6;
    }

    public Ends ends() {
        return ends;
    }

    public State state() {
        return state;
    }

    /** The most data in a segment now: what the peer takes and the path carries. */
    public int mss() {
        return mss;
    }

    private int look() {
        mss = Math.max(LEAST_MSS, Math.min(peerMss, fitting(tcp.ip().mtu(ends))));
        return mss;
    }

    private int fitting(int mtu) {
        int ip = ends.local().family() == Family.INET ? 20 : 40;
        return mtu - ip - TCP_HEADER;
    }

    /** Bytes that were sent and are not acknowledged. */
    public int unacknowledged() {
        return Math.max(0, send.buffer().end() - send.unacknowledged());
    }

    /** How often the retransmission timer has run out since something was acknowledged: a black hole shows here. */
    public int timeouts() {
        return retransmission.timer().backoffs();
    }

    /** Sends bytes, as soon as the windows let them go. */
    public void send(byte[] bytes) {
        boolean opening = state instanceof State.SynSent || state instanceof State.SynReceived;
        if (!opening && !state.sends()) {
            throw new IllegalStateException("cannot send on " + this);
        }
        send.buffer().add(bytes);
        output();
    }

    /** What has come, in order; the peer then may send more. */
    public Bytes read() {
        Bytes bytes = receive.read();
        if (state.receives() && receive.hasNews(mss())) {
            acknowledge();
        }
        return bytes;
    }

    /** Nothing more will be sent. What the peer still sends can be read. */
    public void close() {
        if (send.buffer().isClosed()) {
            return;
        }
        send.buffer().close();
        state = state.afterClose();
        output();
    }

    /** Ends the connection at once with a RST. */
    public void abort() {
        if (!(state instanceof State.Closed)) {
            emit(Segment.bare(send.newest(), receive.next(), Segment.RST | Segment.ACK, 0));
            end("Software caused connection abort");
        }
    }

    void open() {
        state = new State.SynSent();
        synchronise();
    }

    /** A listening port has had this SYN. */
    void accept(Segment syn) {
        state = new State.SynReceived();
        begin(syn);
        synchronise();
    }

    private void begin(Segment syn) {
        receive.start(syn.sequence());
        syn.mss().ifPresent(value -> peerMss = value);
        send.openWindow(syn.sequence(), syn.acknowledgment(), syn.window());
        send.congestion().open(look());
    }

    /** Sends a SYN, the first or again. */
    void synchronise() {
        boolean answer = state instanceof State.SynReceived;
        int control = answer ? Segment.SYN | Segment.ACK : Segment.SYN;
        Segment syn = new Segment(
                send.initial(),
                answer ? receive.next() : 0,
                control,
                answer ? receive.promise() : ReceiveSide.CAPACITY,
                OptionalInt.of(fitting(tcp.ip().advertisedMtu(ends))),
                Bytes.EMPTY);
        send.synSent();
        retransmission.start();
        tcp.ip().send(ends, syn.toBuffer(ends)).ifPresent(this::end);
    }

    /** A segment for this connection. */
    void take(Segment segment) {
        if (state instanceof State.SynSent) {
            takeInSynSent(segment);
        } else if (!(state instanceof State.Closed)) {
            takeSynchronised(segment);
        }
    }

    private void takeInSynSent(Segment segment) {
        boolean acknowledged = segment.has(Segment.ACK);
        if (acknowledged && segment.acknowledgment() != send.initial() + 1) {
            if (!segment.has(Segment.RST)) {
                emit(Segment.bare(segment.acknowledgment(), 0, Segment.RST, 0));
            }
        } else if (segment.has(Segment.RST)) {
            if (acknowledged) {
                end("Connection refused");
            }
        } else if (segment.has(Segment.SYN)) {
            begin(segment);
            if (acknowledged) {
                established(segment);
                acknowledge();
                output();
                tell();
            } else {
                state = new State.SynReceived();
                synchronise();
            }
        }
    }

    private void established(Segment segment) {
        state = new State.Established();
        news(segment.acknowledgment());
        // close() may have been called while the connection was still opening
        if (send.buffer().isClosed()) {
            state = state.afterClose();
        }
    }

    private void takeSynchronised(Segment segment) {
        if (state instanceof State.SynReceived && segment.has(Segment.SYN) && segment.sequence() == receive.initial()) {
            synchronise();
        } else if (!receive.accepts(segment.sequence(), segment.length())) {
            if (!segment.has(Segment.RST)) {
                challenge(segment);
            }
        } else if (segment.has(Segment.RST)) {
            // RFC 5961, section 3.2: only the very next number ends a connection, others are asked about. When
            // both ends have closed it is no error: the peer has forgotten the connection and answers an old
            // segment.
            if (segment.sequence() == receive.next()) {
                end(state.sends() || state.receives() ? "Connection reset by peer" : "");
            } else {
                challenge(segment);
            }
        } else if (segment.has(Segment.SYN)) {
            challenge(segment);
        } else if (segment.has(Segment.ACK) && takeAcknowledgment(segment)) {
            boolean more = takeText(segment);
            output();
            if (more) {
                acknowledge();
            }
            tell();
        }
    }

    /** Whether the segment's text is to be looked at. */
    private boolean takeAcknowledgment(Segment segment) {
        int acknowledgment = segment.acknowledgment();
        if (state instanceof State.SynReceived) {
            if (!send.isNews(acknowledgment)) {
                emit(Segment.bare(acknowledgment, 0, Segment.RST, 0));
                return false;
            }
            established(segment);
        }
        if (Sequence.isAfter(acknowledgment, send.newest())) {
            challenge(segment);
            return false;
        }
        boolean moved = send.window(segment.sequence(), acknowledgment, segment.window());
        if (send.isNews(acknowledgment)) {
            news(acknowledgment);
        } else if (acknowledgment == send.unacknowledged() && segment.length() == 0 && !moved && send.flight() > 0) {
            react(send.congestion().duplicate(acknowledgment, send.newest(), send.flight(), mss()));
        }
        return true;
    }

    private void news(int acknowledgment) {
        int bytes = send.acknowledge(acknowledgment);
        retransmission.acknowledged(acknowledgment, send.flight() > 0);
        react(send.congestion().acknowledged(acknowledgment, bytes, mss()));
        if (send.isFinAcknowledged()) {
            move(state.afterFinAcknowledged());
        }
    }

    private void react(Congestion.Reaction reaction) {
        if (reaction == Congestion.Reaction.RETRANSMIT_FIRST) {
            retransmission.timer().retransmitted();
            emit(send.first(mss()));
        }
    }

    /** Whether the peer is owed an acknowledgment. */
    private boolean takeText(Segment segment) {
        boolean owed = segment.length() > 0;
        if (state.receives()) {
            receive.take(segment.sequence(), segment.data(), segment.has(Segment.FIN));
            if (receive.isComplete()) {
                receive.finish();
                move(state.afterFin());
            }
        }
        return owed;
    }

    private void move(State next) {
        state = next;
        if (next instanceof State.Closed) {
            end("");
        } else if (next instanceof State.TimeWait) {
            retransmission.stop();
            tcp.timetable().after(TIME_WAIT_MILLIS, () -> end(""));
        }
    }

    /** Sends what the windows let go. */
    private void output() {
        if (state instanceof State.SynSent || state instanceof State.SynReceived || state instanceof State.Closed) {
            return;
        }
        int size = look();
        for (var piece = send.next(size); piece.isPresent(); piece = send.next(size)) {
            if (send.sent(piece.get())) {
                retransmission.sent(piece.get().end());
            }
            emit(piece.get());
        }
        if (send.flight() > 0 || send.isWindowShut()) {
            retransmission.start();
        }
    }

    /** The timer has run out: one piece again, or a byte to see whether the window is open. */
    void again() {
        if (state instanceof State.SynSent || state instanceof State.SynReceived) {
            synchronise();
        } else if (send.isShut()) {
            SendSide.Piece probe = send.probe();
            send.sent(probe);
            emit(probe);
            retransmission.start();
        } else {
            send.congestion().timedOut(send.newest(), send.flight(), mss());
            send.goBack();
            output();
        }
    }

    /** A router says that the segment with this sequence number did not fit; whether it is one of ours under way. */
    boolean tooBig(int sequence, int mtu) {
        if (!send.isUnderWay(sequence)) {
            return false;
        }
        int before = look();
        tcp.ip().learn(ends.remote(), mtu);
        // Only what was too long is lost, and that was no congestion: it goes again in smaller pieces at once.
        if (look() < before) {
            retransmission.timer().retransmitted();
            send.goBack();
            output();
        }
        return true;
    }

    /** A router or the peer's host says that the connection cannot come about. */
    void unreachable(int sequence, String reason) {
        if (state instanceof State.SynSent && send.isUnderWay(sequence)) {
            end(reason);
        }
    }

    void end(String reason) {
        if (tcp.forget(this)) {
            retransmission.stop();
            state = new State.Closed(reason);
            tell();
        }
    }

    private void acknowledge() {
        emit(Segment.bare(send.newest(), receive.next(), Segment.ACK, receive.promise()));
    }

    /**
     * Tells a peer whose segment cannot be right where we are. Not too often: two ends that disagree would answer each
     * other for ever ({@code net.ipv4.tcp_invalid_ratelimit}). Data is always answered, for its sender waits.
     */
    private void challenge(Segment segment) {
        long now = tcp.timetable().now();
        if (segment.data().length() > 0 || now >= nextChallenge) {
            nextChallenge = now + CHALLENGE_MILLIS;
            acknowledge();
        }
    }

    private void emit(SendSide.Piece piece) {
        int control = Segment.ACK
                | (piece.fin() ? Segment.FIN : 0)
                | (piece.data().length() > 0 && piece.end() == send.buffer().end() ? Segment.PSH : 0);
        emit(new Segment(
                piece.sequence(), receive.next(), control, receive.promise(), OptionalInt.empty(), piece.data()));
    }

    private void emit(Segment segment) {
        // What cannot be sent now is sent again when the timer runs out.
        var unused = tcp.ip().send(ends, segment.toBuffer(ends));
    }

    private void tell() {
        application.changed(this);
    }

    @Override
    public String toString() {
        return ends + " " + state;
    }
}

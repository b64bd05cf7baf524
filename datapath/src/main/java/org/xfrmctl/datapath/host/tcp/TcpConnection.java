package org.xfrmctl.datapath.host.tcp;

import org.xfrmctl.model.Bytes;

/** One connection (RFC 9293): what the application may do with it, and what a segment does to it (section 3.10). */
public final class TcpConnection {
    private static final long TIME_WAIT_MILLIS = 1000;

    private final Ends ends;
    private final Tcp tcp;
    private final Application application;
    private final SendSide send;
    private final ReceiveSide receive = new ReceiveSide();
    private final Retransmission retransmission;
    private final SegmentSize size;
    private final Emission emission;
    private State state = new State.Closed("");

    TcpConnection(Ends ends, Tcp tcp, Application application, int initialSequence) {
        this.ends = ends;
        this.tcp = tcp;
        this.application = application;
        this.send = new SendSide(initialSequence);
        this.retransmission = new Retransmission(this, tcp.timetable());
        this.size = new SegmentSize(ends, tcp.ip());
        this.emission = new Emission(ends, tcp, send, receive);
    }

    public Ends ends() {
        return ends;
    }

    public State state() {
        return state;
    }

    /** The most data in a segment now: what the peer takes and the path carries. */
    public int mss() {
        return size.known();
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
            emission.acknowledge();
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
            emission.emit(Segment.bare(send.newest(), receive.next(), Segment.RST | Segment.ACK, 0));
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
        syn.mss().ifPresent(size::peer);
        send.openWindow(syn.sequence(), syn.acknowledgment(), syn.window());
        send.congestion().open(size.look());
    }

    /** Sends a SYN, the first or again. */
    void synchronise() {
        send.synSent();
        retransmission.start();
        emission.syn(state instanceof State.SynReceived, size.advertised()).ifPresent(this::end);
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
                emission.emit(Segment.bare(segment.acknowledgment(), 0, Segment.RST, 0));
            }
        } else if (segment.has(Segment.RST)) {
            if (acknowledged) {
                end("Connection refused");
            }
        } else if (segment.has(Segment.SYN)) {
            begin(segment);
            if (acknowledged) {
                established(segment);
                emission.acknowledge();
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
                emission.challenge(segment);
            }
        } else if (segment.has(Segment.RST)) {
            // RFC 5961, section 3.2: only the very next number ends a connection, others are asked about. When
            // both ends have closed it is no error: the peer has forgotten the connection and answers an old
            // segment.
            if (segment.sequence() == receive.next()) {
                end(state.sends() || state.receives() ? "Connection reset by peer" : "");
            } else {
                emission.challenge(segment);
            }
        } else if (segment.has(Segment.SYN)) {
            emission.challenge(segment);
        } else if (segment.has(Segment.ACK) && takeAcknowledgment(segment)) {
            boolean more = takeText(segment);
            output();
            if (more) {
                emission.acknowledge();
            }
            tell();
        }
    }

    /** Whether the segment's text is to be looked at. */
    private boolean takeAcknowledgment(Segment segment) {
        int acknowledgment = segment.acknowledgment();
        if (state instanceof State.SynReceived) {
            if (!send.isNews(acknowledgment)) {
                emission.emit(Segment.bare(acknowledgment, 0, Segment.RST, 0));
                return false;
            }
            established(segment);
        }
        if (Sequence.isAfter(acknowledgment, send.newest())) {
            emission.challenge(segment);
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
            emission.emit(send.first(mss()));
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
        int most = size.look();
        for (var piece = send.next(most); piece.isPresent(); piece = send.next(most)) {
            if (send.sent(piece.get())) {
                retransmission.sent(piece.get().end());
            }
            emission.emit(piece.get());
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
            emission.emit(probe);
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
        int before = size.look();
        tcp.ip().learn(ends.remote(), mtu);
        // Only what was too long is lost, and that was no congestion: it goes again in smaller pieces at once.
        if (size.look() < before) {
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

    private void tell() {
        application.changed(this);
    }

    @Override
    public String toString() {
        return ends + " " + state;
    }
}

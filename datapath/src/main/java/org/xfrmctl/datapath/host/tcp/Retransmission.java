package org.xfrmctl.datapath.host.tcp;

import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.link.Timetable;

/** The alarm of a connection: sends again what nobody acknowledged, at ever longer intervals, and gives up at last. */
final class Retransmission {
    /** {@code net.ipv4.tcp_retries2}, and {@code tcp_syn_retries} for a connection that does not stand yet. */
    private static final int MOST = 15;

    private static final int MOST_SYNS = 6;

    private final TcpConnection connection;
    private final Timetable timetable;
    private final RetransmissionTimer timer = new RetransmissionTimer();
    private Timetable.@Nullable Alarm alarm;

    Retransmission(TcpConnection connection, Timetable timetable) {
        this.connection = connection;
        this.timetable = timetable;
    }

    RetransmissionTimer timer() {
        return timer;
    }

    /** A segment that ends before {@code end} goes out for the first time. */
    void sent(int end) {
        timer.sent(end, timetable.now());
    }

    /** Sets the alarm unless it is set. */
    void start() {
        if (alarm == null) {
            alarm = timetable.after(timer.millis(), this::ring);
        }
    }

    void stop() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    /** Something new was acknowledged; the wait for the rest begins anew. */
    void acknowledged(int sequence, boolean more) {
        timer.acknowledged(sequence, timetable.now());
        stop();
        if (more) {
            start();
        }
    }

    private void ring() {
        alarm = null;
        State state = connection.state();
        boolean opening = state instanceof State.SynSent || state instanceof State.SynReceived;
        if (timer.backoffs() >= (opening ? MOST_SYNS : MOST)) {
            connection.end("Connection timed out");
            return;
        }
        timer.backOff();
        connection.again();
    }
}

package org.xfrmctl.cli.control;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalInt;
import org.xfrmctl.netlink.sys.StreamConnection;

/** A request and its answer on one connection, neither of which takes longer than it may. */
final class ControlExchange {
    private static final Duration PIECE = Duration.ofMillis(1);

    private final StreamConnection connection;
    private final ControlLimits limits;

    ControlExchange(StreamConnection connection, ControlLimits limits) {
        this.connection = connection;
        this.limits = limits;
    }

    /** The first line. What stands behind it is not looked at. */
    ControlRequest request() throws ControlRequest.MalformedException {
        long end = System.nanoTime() + limits.request().toNanos();
        ByteBuffer bytes = ByteBuffer.allocate(ControlRequest.LONGEST + 1);
        int seen = 0;
        while (bytes.hasRemaining()) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative()) {
                throw new ControlRequest.MalformedException(
                        "no whole line came within " + limits.request().toSeconds() + " s");
            }
            OptionalInt more = connection.read(bytes, left.plus(PIECE));
            for (; seen < bytes.position(); seen++) {
                if (bytes.get(seen) == '\n') {
                    return ControlRequest.of(bytes.flip().limit(seen));
                }
            }
            if (more.isEmpty()) {
                throw new ControlRequest.MalformedException("the line has no end");
            }
        }
        throw new ControlRequest.MalformedException("it is longer than " + ControlRequest.LONGEST + " bytes");
    }

    /** Gives up if it is not taken in time. */
    void answer(ByteBuffer answer) {
        long end = System.nanoTime() + limits.answer().toNanos();
        Duration left = limits.answer();
        while (answer.hasRemaining() && !left.isNegative()) {
            connection.write(answer, left.plus(PIECE));
            left = Duration.ofNanos(end - System.nanoTime());
        }
    }
}

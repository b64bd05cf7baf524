package org.xfrmctl.datapath.host.tcp;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.xfrmctl.model.Bytes;

/** What comes from the peer: RCV.NXT, RCV.WND, what waits to be read and what came too early. */
final class ReceiveSide {
    /** No scaling, so this is all that a window can say. */
    static final int CAPACITY = 65535;

    /** Bytes behind a gap, by their distance from the first byte of the stream. */
    private final TreeMap<Long, Bytes> early = new TreeMap<>();

    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
    private int initial;
    private int next;
    private long received;
    private long end = Long.MAX_VALUE;
    private int promised;

    /** The peer's SYN has come. */
    void start(int initialSequence) {
        initial = initialSequence;
        next = initialSequence + 1;
        promised = next;
    }

    int initial() {
        return initial;
    }

    /** RCV.NXT. */
    int next() {
        return next;
    }

    /** RCV.WND, as it is told to the peer now. */
    int promise() {
        promised = next + window();
        return window();
    }

    private int window() {
        return CAPACITY - unread.size();
    }

    /** Whether there is so much more room than the peer knows that it should be told. */
    boolean hasNews(int mss) {
        int more = next + window() - promised;
        return more >= 2 * mss || more >= CAPACITY / 2;
    }

    /** Whether some of a segment lies in the window (RFC 9293, section 3.10.7.4). */
    boolean accepts(int sequence, int length) {
        if (length == 0) {
            return window() == 0 ? sequence == next : isInWindow(sequence);
        }
        return window() > 0 && (isInWindow(sequence) || isInWindow(sequence + length - 1));
    }

    boolean isInWindow(int sequence) {
        return !Sequence.isBefore(sequence, next) && Sequence.isBefore(sequence, next + window());
    }

    /** Takes data and, behind it, perhaps the end; what is beyond the window is cut off. */
    void take(int sequence, Bytes data, boolean fin) {
        long from = received + (sequence - next);
        long to = Math.min(from + data.length(), received + window());
        if (fin && to == from + data.length() && to >= received) {
            end = Math.min(end, to);
        }
        if (to > Math.max(from, received)) {
            long begin = Math.max(from, received);
            Bytes part = slice(data, (int) (begin - from), (int) (to - from));
            early.merge(begin, part, (old, young) -> old.length() >= young.length() ? old : young);
            join();
        }
    }

    /** Moves to the unread what has no gap before it any more. */
    private void join() {
        while (!early.isEmpty() && early.firstKey() <= received) {
            Map.Entry<Long, Bytes> first = early.pollFirstEntry();
            int known = (int) (received - first.getKey());
            Bytes content = first.getValue();
            if (known < content.length()) {
                unread.write(content.toArray(), known, content.length() - known);
                received += content.length() - known;
                next += content.length() - known;
            }
        }
    }

    /** Whether everything up to the peer's FIN is there; the FIN is then to be counted, once, by {@link #finish}. */
    boolean isComplete() {
        return received == end;
    }

    void finish() {
        next++;
        end = Long.MAX_VALUE;
    }

    Bytes read() {
        Bytes all = Bytes.of(unread.toByteArray());
        unread.reset();
        return all;
    }

    private static Bytes slice(Bytes bytes, int from, int to) {
        if (from == 0 && to == bytes.length()) {
            return bytes;
        }
        byte[] part = new byte[to - from];
        System.arraycopy(bytes.toArray(), from, part, 0, part.length);
        return Bytes.of(part);
    }
}

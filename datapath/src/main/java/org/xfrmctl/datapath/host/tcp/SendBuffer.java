package org.xfrmctl.datapath.host.tcp;

import java.util.Arrays;
import org.xfrmctl.model.Bytes;

/** The bytes that the application has sent and the peer has not acknowledged, by sequence number. */
final class SendBuffer {
    private byte[] content = new byte[1 << 16];
    /** Where in {@link #content} the byte of {@link #start} stands. */
    private int offset;

    private int start;
    private int end;
    private boolean closed;

    SendBuffer(int firstSequence) {
        start = firstSequence;
        end = firstSequence;
    }

    void add(byte[] bytes) {
        int length = end - start;
        if (offset + length + bytes.length > content.length) {
            byte[] larger = new byte[Math.max(content.length, 2 * (length + bytes.length))];
            System.arraycopy(content, offset, larger, 0, length);
            content = larger;
            offset = 0;
        }
        System.arraycopy(bytes, 0, content, offset + length, bytes.length);
        end += bytes.length;
    }

    /** Nothing more will be added: behind the last byte stands the FIN. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** The sequence number behind the last byte, which is the FIN's. */
    int end() {
        return end;
    }

    /** Whether there is anything to send from {@code sequence} on. */
    boolean hasBehind(int sequence) {
        return Sequence.isBefore(sequence, end);
    }

    /** Forgets what comes before {@code sequence}. */
    void release(int sequence) {
        int count = Math.min(sequence - start, end - start);
        if (count > 0) {
            offset += count;
            start += count;
        }
    }

    Bytes copy(int sequence, int length) {
        if (length == 0) {
            return Bytes.EMPTY;
        }
        int from = offset + (sequence - start);
        return Bytes.of(Arrays.copyOfRange(content, from, from + length));
    }
}

package org.xfrmctl.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Text as UTF-8, whatever the locale, and bytes that are no text as they are (see {@link ByteText}). It remembers that it
 * could not write, which {@link System#out} and the writers around it keep to themselves.
 */
public final class StandardOutput extends Writer {
    private static final int ROOM = 32 * 1024;

    private final OutputStream out;
    private final byte[] buffer = new byte[ROOM];
    private int used;
    private Optional<IOException> failure = Optional.empty();

    /** {@code out} needs no buffer of its own. */
    public StandardOutput(OutputStream out) {
        this.out = out;
    }

    /** Why not all was written; empty if all was. */
    public Optional<IOException> failure() {
        return failure;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        int begin = offset;
        for (int at = offset; at < offset + length; at++) {
            boolean second = at > offset && Character.isHighSurrogate(text[at - 1]);
            if (ByteText.isByte(text[at]) && !second) {
                encode(text, begin, at);
                append(new byte[] {(byte) text[at]});
                begin = at + 1;
            }
        }
        encode(text, begin, offset + length);
    }

    private void encode(char[] text, int from, int to) throws IOException {
        append(new String(text, from, to - from).getBytes(StandardCharsets.UTF_8));
    }

    private void append(byte[] bytes) throws IOException {
        if (bytes.length > ROOM - used) {
            drain();
        }
        if (bytes.length > ROOM) {
            send(bytes);
        } else {
            System.arraycopy(bytes, 0, buffer, used, bytes.length);
            used += bytes.length;
        }
    }

    private void drain() throws IOException {
        byte[] waiting = Arrays.copyOf(buffer, used);
        used = 0;
        send(waiting);
    }

    private void send(byte[] bytes) throws IOException {
        try {
            out.write(bytes);
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        drain();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }
}

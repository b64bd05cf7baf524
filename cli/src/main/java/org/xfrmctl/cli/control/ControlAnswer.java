package org.xfrmctl.cli.control;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a command prints, in the order in which it does so. It is kept until the command has ended, so who is slow to take it
 * does not hold up the run. For one thread.
 */
final class ControlAnswer {
    /** Characters of a line's text at most, so that a reader needs no large buffer. */
    private static final int LONGEST = 8192;

    /** Characters of an answer at most, but for what is said at its end. */
    private static final int MOST = 16 << 20;

    private final StringBuilder lines = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private String stream = "out";
    private boolean isCut;

    private final PrintWriter out = new PrintWriter(new Stream("out"));
    private final PrintWriter err = new PrintWriter(new Stream("err"));

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    /** All of it, with the exit status at the end. */
    ByteBuffer ended(int exit) {
        flush();
        if (isCut) {
            String cut = "\nxfrmctl: the answer is cut: it has more than " + MOST
                    + " characters; run the command without \"ask\" to see all of it\n";
            lines.append(ControlJson.line("err", cut)).append('\n');
        }
        lines.append(ControlJson.line("exit", exit)).append('\n');
        return ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private void keep(String name, String more) {
        if (!stream.equals(name)) {
            flush();
            stream = name;
        }
        text.append(more);
        flushWhole();
    }

    private void flushWhole() {
        int begin = 0;
        while (text.length() - begin > LONGEST) {
            // A pair of surrogates is one character.
            int end = begin + (Character.isHighSurrogate(text.charAt(begin + LONGEST - 1)) ? LONGEST - 1 : LONGEST);
            line(text.substring(begin, end));
            begin = end;
        }
        text.delete(0, begin);
    }

    private void flush() {
        if (text.length() > 0) {
            line(text.toString());
            text.setLength(0);
        }
    }

    private void line(String part) {
        String line = ControlJson.line(stream, part);
        isCut |= lines.length() + line.length() > MOST;
        // Nothing comes behind a gap.
        if (!isCut) {
            lines.append(line).append('\n');
        }
    }

    /** One of the two. */
    private final class Stream extends Writer {
        private final String name;

        Stream(String name) {
            this.name = name;
        }

        @Override
        public void write(char[] characters, int offset, int length) {
            keep(name, new String(characters, offset, length));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

package org.xfrmctl.cli.render;

import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;

/**
 * A JSON array that is written while its elements come, so that a list may be longer than memory. What it writes is
 * what {@link Json#print} makes of the whole list, and a line break.
 */
public final class JsonArray implements AutoCloseable {
    private final Writer out;
    private final SequenceWriter elements;

    /** Begins the array. {@code out} stays open when the array is closed: it may be the standard output. */
    public JsonArray(Writer out) {
        this.out = out;
        try {
            this.elements = Json.array(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an element. It may stay in a buffer of a few kilobytes until the next ones or {@link #close()}. */
    public void add(Map<String, Object> element) {
        try {
            elements.write(element);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what is held back. */
    public void flush() {
        try {
            elements.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the array. */
    @Override
    public void close() {
        try {
            elements.close();
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

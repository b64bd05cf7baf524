package org.xfrmctl.model.definition;

/** Where in a file something stands: lines and columns count from 1; {@code path} is like {@code connections.home}. */
public record Place(String file, int line, int column, String path) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}

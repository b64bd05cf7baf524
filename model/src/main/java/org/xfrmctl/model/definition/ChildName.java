package org.xfrmctl.model.definition;

/** A child's full name, printed {@code connection/child}. */
public record ChildName(String connection, String child) {
    @Override
    public String toString() {
        return connection + "/" + child;
    }
}

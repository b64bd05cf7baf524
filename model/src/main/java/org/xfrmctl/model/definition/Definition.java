package org.xfrmctl.model.definition;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that one file, or several read together, define. Names are unique: the reader refuses duplicates. */
public record Definition(List<Connection> connections, Map<String, SecretSource> secrets) {
    public Definition {
        connections = List.copyOf(connections);
        secrets = Map.copyOf(secrets);
    }

    /** Every child of every connection, in the order of the file. */
    public Stream<Child> children() {
        return connections.stream().flatMap(connection -> connection.children().stream());
    }
}

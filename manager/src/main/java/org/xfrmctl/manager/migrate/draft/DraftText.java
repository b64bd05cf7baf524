package org.xfrmctl.manager.migrate.draft;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A draft as JSON for the reader of definitions, one thing a line, so that a line says whose it is. */
final class DraftText {
    private final List<String> lines = new ArrayList<>();
    private final List<Owner> owners = new ArrayList<>();

    /**
     * Whose line it is.
     *
     * @param connection absent outside connections
     * @param entry the child, interface or secret; absent in a connection's own lines
     * @param option absent in the line that begins a mapping
     */
    record Owner(Optional<String> connection, Optional<String> entry, Optional<String> option) {
        static final Owner NOBODY = new Owner(Optional.empty(), Optional.empty(), Optional.empty());

        Owner of(String key) {
            return new Owner(connection, entry, Optional.of(key));
        }
    }

    DraftText(Draft draft) {
        add("{", Owner.NOBODY);
        if (!draft.interfaces().isEmpty()) {
            add("\"interfaces\": {", Owner.NOBODY);
            entries(draft.interfaces(), Optional.empty());
            add("},", Owner.NOBODY);
        }
        add("\"connections\": {", Owner.NOBODY);
        Iterator<Map.Entry<String, Draft.Connection>> connections =
                draft.connections().entrySet().iterator();
        while (connections.hasNext()) {
            Map.Entry<String, Draft.Connection> next = connections.next();
            connection(next.getKey(), next.getValue());
            add(connections.hasNext() ? "}," : "}", Owner.NOBODY);
        }
        add("},", Owner.NOBODY);
        add("\"secrets\": {", Owner.NOBODY);
        entries(draft.secrets(), Optional.empty());
        add("}", Owner.NOBODY);
        add("}", Owner.NOBODY);
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Whose a line is, counted from 1. */
    Owner owner(int line) {
        return line >= 1 && line <= owners.size() ? owners.get(line - 1) : Owner.NOBODY;
    }

    private void connection(String name, Draft.Connection connection) {
        Owner owner = new Owner(Optional.of(name), Optional.empty(), Optional.empty());
        add(quoted(name) + ": {", owner);
        connection
                .own()
                .options()
                .forEach((key, option) -> add(quoted(key) + ": " + value(option.value()) + ",", owner.of(key)));
        add("\"children\": {", owner);
        entries(connection.children(), Optional.of(name));
        add("}", owner);
    }

    private void entries(Map<String, Draft.Entry> entries, Optional<String> connection) {
        Iterator<Map.Entry<String, Draft.Entry>> each = entries.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Draft.Entry> next = each.next();
            Owner owner = new Owner(connection, Optional.of(next.getKey()), Optional.empty());
            add(quoted(next.getKey()) + ": {", owner);
            Iterator<Map.Entry<String, Draft.Option>> options =
                    next.getValue().options().entrySet().iterator();
            while (options.hasNext()) {
                Map.Entry<String, Draft.Option> option = options.next();
                add(
                        quoted(option.getKey()) + ": " + value(option.getValue().value())
                                + (options.hasNext() ? "," : ""),
                        owner.of(option.getKey()));
            }
            add(each.hasNext() ? "}," : "}", owner);
        }
    }

    private void add(String line, Owner owner) {
        lines.add(line);
        owners.add(owner);
    }

    private static String value(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(DraftText::value).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(each -> quoted(each.getKey().toString()) + ": " + value(each.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}

package org.xfrmctl.manager.migrate.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A definition in the making. Values are text as a definition has it, lists of text, or mappings of these. Not safe for use
 * by two threads.
 */
public final class Draft {
    private final Findings findings;
    private final Map<String, Entry> interfaces = new LinkedHashMap<>();
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    private final Map<String, Entry> secrets = new LinkedHashMap<>();

    /** A mapping from options to their values, with what each comes from. */
    public static final class Entry {
        private final Origin origin;
        private final Map<String, Option> options = new LinkedHashMap<>();

        Entry(Origin origin) {
            this.origin = origin;
        }

        public Origin origin() {
            return origin;
        }

        /** Sets an option; {@code value} is a text, a list or a mapping of texts. */
        public void put(String key, Object value, Origin from) {
            options.put(key, new Option(value, from));
        }

        /** The same, for what nothing in the input says by itself. */
        public void put(String key, Object value) {
            put(key, value, origin);
        }

        public boolean has(String key) {
            return options.containsKey(key);
        }

        /** An option's text, if it is there and is one. */
        public Optional<String> text(String key) {
            return Optional.ofNullable(options.get(key))
                    .map(option -> option.value().toString());
        }

        /** The texts of an option that is a list; none if it is not there. */
        public List<String> list(String key) {
            Option option = options.get(key);
            return option != null && option.value() instanceof List<?> list
                    ? list.stream().map(Object::toString).toList()
                    : List.of();
        }

        /** Takes an option's text out, if it is there. */
        public Optional<String> take(String key) {
            Optional<String> text = text(key);
            options.remove(key);
            return text;
        }

        /** Takes an option out that is there; gives what it came from. */
        Origin remove(String key) {
            Option gone = options.remove(key);
            return gone == null ? origin : gone.origin();
        }

        Map<String, Option> options() {
            return options;
        }
    }

    record Option(Object value, Origin origin) {}

    /** A connection: its own options, and children. */
    public static final class Connection {
        private final Entry own;
        private final Map<String, Entry> children = new LinkedHashMap<>();

        Connection(Origin origin) {
            own = new Entry(origin);
        }

        public Entry own() {
            return own;
        }

        /** A child of this name that has no option yet; a second of one name gets a number behind it. */
        public Entry child(String name, Origin origin) {
            Entry child = new Entry(origin);
            children.put(ForeignNames.free(name, children.keySet()), child);
            return child;
        }

        Map<String, Entry> children() {
            return children;
        }
    }

    public Draft(Findings findings) {
        this.findings = findings;
    }

    public Findings findings() {
        return findings;
    }

    /** A connection that has nothing yet; its name is changed where it must be, and that is told. */
    public Connection connection(String name, Origin origin) {
        Connection connection = new Connection(origin);
        connections.put(ForeignNames.free(ForeignNames.of(name), connections.keySet()), connection);
        return connection;
    }

    /** The interface of that name, made if it is not there. */
    public Entry logicalInterface(String name, Origin origin) {
        return interfaces.computeIfAbsent(name, any -> new Entry(origin));
    }

    /** A secret in a file; gives the name that it goes by. */
    public String secret(String wanted, String path, Origin origin) {
        String name = ForeignNames.of(wanted);
        Entry secret = new Entry(origin);
        secret.put("file", path);
        secrets.put(name, secret);
        return name;
    }

    /** Removes a connection that has no child. */
    void tidy() {
        connections.values().removeIf(connection -> connection.children().isEmpty());
        List<String> used = new ArrayList<>();
        connections
                .values()
                .forEach(connection -> connection.children().values().forEach(child -> {
                    child.text("interface").ifPresent(used::add);
                }));
        interfaces.keySet().retainAll(used);
    }

    Map<String, Entry> interfaces() {
        return interfaces;
    }

    Map<String, Connection> connections() {
        return connections;
    }

    Map<String, Entry> secrets() {
        return secrets;
    }
}

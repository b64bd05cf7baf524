package org.xfrmctl.manager.migrate.draft;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        private final String name;
        private final Origin origin;
        private final Map<String, Option> options = new LinkedHashMap<>();

        Entry(String name, Origin origin) {
            this.name = name;
            this.origin = origin;
        }

        /** What the definition calls it. */
        public String name() {
            return name;
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

        /** Adds the names of the secrets that it uses: of {@code keys: { derive: … }}, of {@code sas: { out: { key: … } }}. */
        private void secrets(Set<String> names) {
            for (String key : List.of("keys", "sas")) {
                Option option = options.get(key);
                if (option != null && option.value() instanceof Map<?, ?> map) {
                    secrets(map, names);
                }
            }
        }

        private static void secrets(Map<?, ?> map, Set<String> names) {
            map.forEach((key, value) -> {
                if (value instanceof Map<?, ?> inner) {
                    secrets(inner, names);
                } else if (key.equals("derive") || key.equals("key")) {
                    names.add(value.toString());
                }
            });
        }
    }

    record Option(Object value, Origin origin) {}

    /** A connection: its own options, and children. */
    public static final class Connection {
        private final Entry own;
        private final Findings findings;
        private final Map<String, Entry> children = new LinkedHashMap<>();

        Connection(String name, Origin origin, Findings findings) {
            own = new Entry(name, origin);
            this.findings = findings;
        }

        /** What the definition calls it. */
        public String name() {
            return own.name();
        }

        public Entry own() {
            return own;
        }

        /** A child that has no option yet; its name is changed where it must be, and that is told. */
        public Entry child(String wanted, Origin origin) {
            Entry child = new Entry(ForeignNames.free(wanted, children.keySet()), origin);
            children.put(child.name(), child);
            noteRenaming(wanted, child, findings);
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
    public Connection connection(String wanted, Origin origin) {
        Connection connection = new Connection(ForeignNames.free(wanted, connections.keySet()), origin, findings);
        connections.put(connection.name(), connection);
        noteRenaming(wanted, connection.own(), findings);
        return connection;
    }

    private static void noteRenaming(String wanted, Entry named, Findings findings) {
        if (!wanted.equals(named.name())) {
            findings.note(
                    named.origin().name() + ": it is called " + named.name()
                            + ", as a definition's names have letters, digits, \"_\", \".\" and \"-\", and no two are the same");
        }
    }

    /** The interface of that name, made if it is not there. */
    public Entry logicalInterface(String name, Origin origin) {
        return interfaces.computeIfAbsent(name, any -> new Entry(name, origin));
    }

    /**
     * A new secret, in a file of its name; gives the name, which no other secret has.
     *
     * @param end what the name ends with, whatever number stands before
     * @param directory what stands before the name of the file
     */
    public String secret(String wanted, String end, String directory, Origin origin) {
        Entry secret = new Entry(ForeignNames.free(wanted, end, secrets.keySet()), origin);
        secret.put("file", directory + secret.name() + ".key");
        secrets.put(secret.name(), secret);
        return secret.name();
    }

    /** Removes a connection that has no child, and interfaces and secrets that no child uses. */
    void tidy() {
        connections.values().removeIf(connection -> connection.children().isEmpty());
        Set<String> used = new HashSet<>();
        Set<String> secretsUsed = new HashSet<>();
        connections
                .values()
                .forEach(connection -> connection.children().values().forEach(child -> {
                    child.text("interface").ifPresent(used::add);
                    child.secrets(secretsUsed);
                }));
        interfaces.keySet().retainAll(used);
        secrets.keySet().retainAll(secretsUsed);
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

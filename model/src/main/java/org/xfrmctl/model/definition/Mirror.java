package org.xfrmctl.model.definition;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes a definition for the other end: addresses, selectors and SAs change sides.
 *
 * <p>Marks, if_ids, {@code copy_dscp}, {@code reqid}, {@code priority} and all other options stay as they are. They say
 * how packets meet the policies of the host that reads them and never cross the wire; their {@code in} and {@code out}
 * are that host's own, so the common case of the same numbers at both ends comes out right. Where such an option is set
 * the text says so in a comment.
 */
public final class Mirror {
    private static final Set<String> YAML_WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final StringBuilder text = new StringBuilder();
    private final Path directory;

    private Mirror(Path directory) {
        this.directory = directory;
    }

    /** The other end's definition as values; places are still those of this end. */
    public static Definition of(Definition definition) {
        return new Definition(definition.connections().stream().map(Mirror::of).toList(), definition.secrets());
    }

    private static Connection of(Connection connection) {
        return new Connection(
                connection.name(),
                connection.place(),
                /* local= */ connection.remote(),
                /* remote= */ connection.local(),
                connection.children().stream().map(Mirror::of).toList());
    }

    private static Child of(Child child) {
        return new Child(
                child.name(),
                child.place(),
                new Endpoints(
                        /* local= */ child.endpoints().remote(),
                        /* remote= */ child.endpoints().local()),
                new Traffic(
                        /* local= */ child.traffic().remote(),
                        /* remote= */ child.traffic().local(),
                        child.traffic().mode()),
                child.transform(),
                child.headers(),
                child.sizes(),
                child.policy(),
                child.lifetime(),
                child.sas().mirrored());
    }

    /**
     * The other end's definition as YAML.
     *
     * @param directory where the text will be stored: paths of key files inside it are written relative to it
     */
    public static String text(Definition definition, Path directory) {
        Mirror mirror = new Mirror(directory);
        mirror.line(0, "# The other end of what \"xfrmctl mirror\" was given. Copy the key files too.");
        if (of(definition).children().anyMatch(Mirror::hasHostOptions)) {
            mirror.line(0, "# Marks and if_ids belong to one host and are repeated as they were: check them.");
        }
        mirror.definition(of(definition));
        return mirror.text.toString();
    }

    private static boolean hasHostOptions(Child child) {
        return !child.policy().marks().equals(Marks.NONE);
    }

    private void definition(Definition definition) {
        line(0, "connections:");
        definition.connections().forEach(connection -> {
            line(1, name(connection.name()) + ":");
            field(2, "local_addrs", connection.local().toString());
            field(2, "remote_addrs", connection.remote().toString());
            line(2, "children:");
            connection.children().forEach(this::child);
        });
        if (!definition.secrets().isEmpty()) {
            line(0, "secrets:");
            new TreeMap<>(definition.secrets())
                    .forEach((name, source) -> line(1, name(name) + ": { " + source(source) + " }"));
        }
    }

    private void child(Child child) {
        line(3, name(child.name().child()) + ":");
        field(4, "local_ts", list(child.traffic().local()));
        field(4, "remote_ts", list(child.traffic().remote()));
        ChildOptions.of(child).forEach((key, value) -> field(4, key, value));
        if (child.sas() instanceof SaPair sas) {
            line(4, "sas:");
            sa("out", sas.out());
            sa("in", sas.in());
        } else if (child.sas() instanceof DerivedSas derived) {
            field(4, "keys", "{ derive: " + name(derived.secret()) + " }");
        }
    }

    private void sa(String direction, SaParameters sa) {
        String cpi = sa.cpi().map(value -> ", cpi: " + value).orElse("");
        line(5, direction + ": { spi: " + sa.spi() + cpi + ", key: " + name(sa.key()) + " }");
    }

    private String source(SecretSource source) {
        if (source instanceof SecretSource.File file) {
            Path base = directory.toAbsolutePath().normalize();
            Path path = file.path().toAbsolutePath().normalize();
            return "file: " + quoted((path.startsWith(base) ? base.relativize(path) : path).toString());
        } else if (source instanceof SecretSource.Environment variable) {
            return "env: " + quoted(variable.variable());
        } else if (source instanceof SecretSource.Command command) {
            return "command: "
                    + command.arguments().stream().map(Mirror::quoted).collect(Collectors.joining(", ", "[", "]"));
        }
        throw new AssertionError(source);
    }

    private static String list(List<TrafficSelector> selectors) {
        return selectors.stream().map(ts -> quoted(ts.toString())).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String name(String name) {
        boolean plain = name.matches("[A-Za-z][A-Za-z0-9_-]*") && !YAML_WORDS.contains(name.toLowerCase(Locale.ROOT));
        return plain ? name : quoted(name);
    }

    private static String quoted(String value) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"";
    }

    private void field(int depth, String key, String value) {
        line(depth, key + ": " + value);
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }
}

package org.xfrmctl.model.definition;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;

/** Writes a definition as the YAML that {@link DefinitionReader} reads. */
public final class DefinitionText {
    private static final Set<String> YAML_WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final StringBuilder text = new StringBuilder();
    private final Path directory;

    private DefinitionText(Path directory) {
        this.directory = directory;
    }

    /**
     * The definition as YAML.
     *
     * @param comments lines to stand above it, without {@code #}
     * @param directory where the text will be stored: paths of key files inside it are written relative to it
     */
    public static String print(Definition definition, List<String> comments, Path directory) {
        DefinitionText page = new DefinitionText(directory);
        comments.forEach(comment -> page.line(0, comment.isEmpty() ? "#" : "# " + comment));
        page.definition(definition);
        return page.text.toString();
    }

    private void definition(Definition definition) {
        if (!definition.interfaces().isEmpty()) {
            line(0, "interfaces:");
            definition.interfaces().forEach(this::logicalInterface);
        }
        line(0, definition.connections().isEmpty() ? "connections: {}" : "connections:");
        definition.connections().forEach(connection -> {
            line(1, name(connection.name()) + ":");
            field(2, "local_addrs", connection.local().toString());
            field(2, "remote_addrs", connection.remote().toString());
            line(2, "children:");
            connection.children().forEach(child -> child(child, definition.interfaces()));
        });
        if (!definition.secrets().isEmpty()) {
            line(0, "secrets:");
            new TreeMap<>(definition.secrets())
                    .forEach((name, source) -> line(1, name(name) + ": { " + source(source) + " }"));
        }
    }

    private void logicalInterface(LogicalInterface each) {
        line(1, name(each.name()) + ":");
        field(2, "type", each.kind().type());
        if (each.kind() instanceof LogicalInterface.Kind.Xfrm xfrm) {
            field(2, "if_id", xfrm.ifId().toString());
            xfrm.lower().ifPresent(dev -> field(2, "dev", name(dev)));
        } else if (each.kind() instanceof LogicalInterface.Kind.Tunnel tunnel) {
            field(2, "local", tunnel.local().toString());
            field(2, "remote", tunnel.remote().toString());
            tunnel.key().ifPresent(key -> field(2, "key", Integer.toUnsignedString(key)));
            field(2, "ttl", Integer.toString(tunnel.ttl()));
        }
        each.mtu().ifPresent(mtu -> field(2, "mtu", Integer.toString(mtu)));
        prefixes("addresses", each.addresses());
        prefixes("routes", each.routes());
    }

    private void prefixes(String key, List<IpPrefix> prefixes) {
        if (!prefixes.isEmpty()) {
            field(
                    2,
                    key,
                    prefixes.stream()
                            .map(prefix -> quoted(prefix.toString()))
                            .collect(Collectors.joining(", ", "[", "]")));
        }
    }

    /** An interface that is written too is meant by its name; of any other the if_ids are all there is to say. */
    private void child(Child child, List<LogicalInterface> interfaces) {
        line(3, name(child.name().child()) + ":");
        field(4, "local_ts", list(child.traffic().local()));
        field(4, "remote_ts", list(child.traffic().remote()));
        Map<String, String> options = ChildOptions.of(child);
        interfaces.stream().filter(each -> carries(each, child)).findFirst().ifPresent(each -> {
            options.keySet().removeAll(List.of("if_id_in", "if_id_out"));
            options.put("interface", name(each.name()));
        });
        options.forEach((key, value) -> field(4, key, value));
        if (child.sas() instanceof SaPair sas) {
            line(4, "sas:");
            sa("out", sas.out());
            sa("in", sas.in());
        } else if (child.sas() instanceof DerivedSas derived) {
            field(4, "keys", "{ derive: " + name(derived.secret()) + " }");
        }
    }

    private static boolean carries(LogicalInterface each, Child child) {
        Marks marks = child.policy().marks();
        return each.kind() instanceof LogicalInterface.Kind.Xfrm xfrm
                && !xfrm.ifId().equals(IfId.NONE)
                && xfrm.ifId().equals(marks.ifIdIn())
                && xfrm.ifId().equals(marks.ifIdOut());
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
                    + command.arguments().stream()
                            .map(DefinitionText::quoted)
                            .collect(Collectors.joining(", ", "[", "]"));
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

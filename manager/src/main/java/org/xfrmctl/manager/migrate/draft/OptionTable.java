package org.xfrmctl.manager.migrate.draft;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.model.definition.Names;

/** The options that one kind of section of another program may have. MIGRATION.md shows them as they stand here. */
public final class OptionTable {
    /** What ends with IKE, in one line. */
    private static final Findings.Group IKE = new Findings.Group(
            "these are about the key exchange, and there is none here",
            "the keys come from secrets that both ends have; whoever has them is the peer");

    private static final Set<String> NO = Set.of("false", "off", "n", "0", "disabled");

    private final Map<String, ForeignOption> options = new LinkedHashMap<>();

    private OptionTable(Collection<ForeignOption> all) {
        all.forEach(option -> options.put(option.name(), option));
    }

    public static OptionTable of(Collection<ForeignOption> options) {
        return new OptionTable(options);
    }

    public Collection<ForeignOption> options() {
        return options.values();
    }

    public Optional<ForeignOption> find(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /**
     * Tells what has to be told of an option; says whether it is left to be taken over.
     *
     * @param name as the table has it
     * @param origin what it is called where it stands
     */
    public boolean isTaken(String name, String value, Origin origin, Findings findings) {
        ForeignOption option = options.get(name);
        if (option == null) {
            findings.add(
                    origin,
                    "unknown, so it cannot be said what is lost",
                    Names.nearest(name, names())
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("see whether that program knows it"));
            return false;
        }
        switch (option.fate()) {
            case ENDS_WITH_IKE -> findings.add(IKE, origin);
            case TOLD -> {
                if (!isIdle(option, value.toLowerCase(Locale.ROOT))) {
                    findings.add(origin, option.becomes(), option.advice());
                }
            }
            case TAKEN -> {
                return true;
            }
        }
        return false;
    }

    /** Daemons have several words for "no". */
    private static boolean isIdle(ForeignOption option, String value) {
        return option.idle().contains(value) || (option.idle().contains("no") && NO.contains(value));
    }

    /** In a table the options of both sides stand once, as those of the left one. */
    private List<String> names() {
        return Stream.concat(
                        options.keySet().stream(),
                        options.keySet().stream()
                                .filter(name -> name.startsWith("left"))
                                .map(name -> "right" + name.substring("left".length())))
                .toList();
    }

    /** Adds one whole section that is about the key exchange. */
    public static void ike(Origin origin, Findings findings) {
        findings.add(IKE, origin);
    }

    /** The rows of a table in Markdown: what is taken, what is told, and in one row what ends with IKE. */
    public List<String> rows() {
        List<String> rows = options.values().stream()
                .filter(option -> option.fate() != Fate.ENDS_WITH_IKE)
                .map(OptionTable::row)
                .collect(Collectors.toList());
        String ike = options.values().stream()
                .filter(option -> option.fate() == Fate.ENDS_WITH_IKE)
                .map(option -> "`" + option.name() + "`")
                .collect(Collectors.joining(", "));
        if (!ike.isEmpty()) {
            rows.add("| " + ike + " | not: they are about the key exchange |");
        }
        return rows;
    }

    private static String row(ForeignOption option) {
        String idle = option.idle().isEmpty()
                ? ""
                : option.idle().stream()
                        .map(value -> "`" + value + "`")
                        .collect(Collectors.joining(", ", " (", " asks for nothing)"));
        String text = option.fate() == Fate.TAKEN
                ? option.becomes()
                : "not" + idle + ": " + option.becomes() + "; " + option.advice();
        return "| `" + option.name() + "` | " + text.replace("|", "\\|") + " |";
    }
}

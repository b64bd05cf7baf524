package org.xfrmctl.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a schema says of objects, with what it refers to.
 *
 * @param file which it is in, as {@link SchemaFiles} calls it
 * @param node the schema itself
 */
record SchemaMembers(String file, JsonNode node) {
    private static final String END = ".schema.json";
    private static final List<String> CHOICES = List.of("oneOf", "anyOf", "allOf");

    /** As in {@code $ref}: {@code state.schema.json#/$defs/state} or, in {@code state}, {@code #/$defs/state}. */
    static SchemaMembers of(String reference) {
        String file = reference.substring(0, reference.indexOf(END + "#"));
        JsonNode node = SchemaFiles.read(file).at(reference.substring(reference.indexOf('#') + 1));
        if (node.isMissingNode()) {
            throw new AssertionError(reference + " leads nowhere");
        }
        return new SchemaMembers(file, node);
    }

    private SchemaMembers with(JsonNode other) {
        return new SchemaMembers(file, other);
    }

    /** This one and those by which it is composed: all that is said of one value. */
    private Stream<SchemaMembers> composed() {
        Stream<SchemaMembers> referred = node.has("$ref") ? referred().composed() : Stream.empty();
        Stream<SchemaMembers> choices = CHOICES.stream()
                .flatMap(keyword -> node.path(keyword).valueStream())
                .flatMap(each -> with(each).composed());
        return Stream.concat(Stream.of(this), Stream.concat(referred, choices));
    }

    private Optional<SchemaMembers> items() {
        return node.has("items") ? Optional.of(with(node.path("items"))) : Optional.empty();
    }

    private SchemaMembers referred() {
        String reference = node.path("$ref").asText();
        return of(reference.startsWith("#") ? file + END + reference : reference);
    }

    /** The members of the object, or of the objects of the array, each with the schemas that it has. */
    Map<String, List<SchemaMembers>> members() {
        Map<String, List<SchemaMembers>> members = new TreeMap<>();
        composed().forEach(each -> {
            each.node
                    .path("properties")
                    .forEachEntry((name, schema) -> members.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(each.with(schema)));
            each.items()
                    .ifPresent(items -> items.members()
                            .forEach((name, schemas) -> members.computeIfAbsent(name, any -> new ArrayList<>())
                                    .addAll(schemas)));
        });
        return members;
    }

    /** Their names; with dots those of objects that have no table of their own in docs/JSON.md. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        collect("", members(), names);
        return names;
    }

    private static void collect(String prefix, Map<String, List<SchemaMembers>> members, Set<String> names) {
        members.forEach((key, schemas) -> {
            String name = prefix + key;
            Map<String, List<SchemaMembers>> inner = new TreeMap<>();
            schemas.forEach(schema -> inner.putAll(schema.members()));
            if (JsonPage.PARTS.contains(name) || inner.isEmpty()) {
                names.add(name);
            } else {
                collect(name + ".", inner, names);
            }
        });
    }

    /** The names of those that are never left out. */
    Set<String> required() {
        Set<String> required = new TreeSet<>();
        node.path("required").forEach(name -> required.add(name.asText()));
        if (node.has("$ref")) {
            required.addAll(referred().required());
        }
        node.path("allOf").forEach(each -> required.addAll(with(each).required()));
        items().ifPresent(items -> required.addAll(items.required()));
        return required;
    }

    /** The words that a member, or those of a list, may be. */
    Set<String> words(String member) {
        return members().getOrDefault(member, List.of()).stream()
                .flatMap(each -> each.words().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> words() {
        Set<String> words = new TreeSet<>();
        composed().forEach(each -> {
            each.node.path("enum").forEach(word -> words.add(word.asText()));
            each.items().ifPresent(items -> words.addAll(items.words()));
        });
        return words;
    }
}

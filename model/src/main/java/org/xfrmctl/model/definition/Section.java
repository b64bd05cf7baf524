package org.xfrmctl.model.definition;

import java.util.Optional;
import java.util.function.Function;

/**
 * A mapping whose keys are known beforehand. Unknown ones are reported when it is opened; a field that cannot be read is
 * reported and then counts as absent, so that reading goes on and finds the next problem.
 */
public final class Section {
    private final Node.Mapping mapping;
    private final Keys vocabulary;
    private final Problems problems;

    private Section(Node.Mapping mapping, Keys vocabulary, Problems problems) {
        this.mapping = mapping;
        this.vocabulary = vocabulary;
        this.problems = problems;
    }

    /** Opens a node as a mapping, or reports that it is none. */
    public static Optional<Section> open(Node node, Keys vocabulary, Problems problems) {
        if (!(node instanceof Node.Mapping mapping)) {
            // Never what was found: in place of a secret's mapping it may be a key.
            problems.add(
                    node.place(), "a mapping is needed here; its keys are " + String.join(", ", vocabulary.known()));
            return Optional.empty();
        }
        for (Node.Entry entry : mapping.entries()) {
            if (!vocabulary.known().contains(entry.key())) {
                problems.add(entry.keyPlace(), vocabulary.explain(entry.key()));
            }
        }
        return Optional.of(new Section(mapping, vocabulary, problems));
    }

    /** The value of a key, if it is there. */
    public Optional<Node> node(String key) {
        if (!vocabulary.known().contains(key)) {
            throw new AssertionError(key + " is missing in " + vocabulary);
        }
        return mapping.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(Node.Entry::value)
                .findFirst();
    }

    /** Reads a value, if it is there and good. */
    public <T> Optional<T> optional(String key, Function<Node, T> parser) {
        return node(key).flatMap(node -> problems.attempt(() -> parser.apply(node)));
    }

    /** Reads a value, or takes {@code fallback} if there is none or a bad one. */
    public <T> T orElse(String key, T fallback, Function<Node, T> parser) {
        return optional(key, parser).orElse(fallback);
    }

    /** Reads a value and reports it if it is missing; {@code allowed} says what to give. */
    public <T> Optional<T> required(String key, String allowed, Function<Node, T> parser) {
        if (node(key).isEmpty()) {
            problems.add(mapping.place(), "\"" + key + "\" is missing; " + allowed);
        }
        return optional(key, parser);
    }

    /** Where the key's value stands; the mapping itself if it does not. */
    public Place placeOf(String key) {
        return node(key).map(Node::place).orElse(mapping.place());
    }

    /** Where the mapping stands. */
    public Place place() {
        return mapping.place();
    }
}

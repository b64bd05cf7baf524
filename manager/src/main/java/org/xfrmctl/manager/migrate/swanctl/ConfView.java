package org.xfrmctl.manager.migrate.swanctl;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Place;

/** A section with what it has from the sections that it refers to: its own settings first, then theirs from left to right. */
final class ConfView {
    private final ConfSection root;
    private final List<ConfSection> layers;

    private ConfView(ConfSection root, Collection<ConfSection> layers) {
        this.root = root;
        this.layers = List.copyOf(layers);
    }

    static ConfView of(ConfSection root) {
        return new ConfView(root, List.of(root));
    }

    Place place() {
        return layers.get(0).place();
    }

    /** The names of all keys that have a value. */
    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        layers.forEach(layer -> keys.addAll(layer.values().keySet()));
        keys.removeIf(key -> value(key).isEmpty());
        return keys;
    }

    /** The value of a key, unless it is cleared or nowhere set. */
    Optional<ConfSection.Value> value(String key) {
        return layers.stream()
                .filter(layer -> layer.values().containsKey(key))
                .findFirst()
                .map(layer -> layer.values().get(key))
                .filter(value -> !value.text().isEmpty());
    }

    Set<String> sections() {
        Set<String> names = new LinkedHashSet<>();
        layers.forEach(layer -> names.addAll(layer.sections().keySet()));
        return names;
    }

    /** A section within this one, or the same of a section that this one refers to. */
    Optional<ConfView> section(String name) {
        Set<ConfSection> found = new LinkedHashSet<>();
        for (ConfSection layer : layers) {
            ConfSection inner = layer.sections().get(name);
            if (inner != null) {
                addWithReferences(inner, found);
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(new ConfView(root, found));
    }

    private void addWithReferences(ConfSection section, Set<ConfSection> found) {
        if (!found.add(section)) {
            return;
        }
        for (ConfSection.Reference reference : section.references()) {
            addWithReferences(meant(reference), found);
        }
    }

    private ConfSection meant(ConfSection.Reference reference) {
        ConfSection here = root;
        for (String name : reference.path()) {
            ConfSection next = here.sections().get(name);
            if (next == null) {
                throw new ConfigException(
                        reference.place(),
                        "there is no section " + String.join(".", reference.path()) + "; add it, or refer to another");
            }
            here = next;
        }
        return here;
    }
}

package org.xfrmctl.it.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A bill of materials in CycloneDX's JSON, as far as we ask it.
 *
 * @param dependencies by a component's reference those of what it needs
 */
record Sbom(Component subject, List<Component> components, Map<String, List<String>> dependencies) {
    /** Where the built jar has its own. */
    static final String ENTRY = "META-INF/sbom/xfrmctl.cdx.json";

    private static final String OURS = "org.xfrmctl";

    /**
     * A jar.
     *
     * @param reference the package URL, which also names it within the document
     * @param sha256 in lower-case hex digits; empty for what was not built yet when this was written
     */
    record Component(
            String group,
            String name,
            String version,
            String reference,
            Optional<String> sha256,
            List<String> licenses) {
        /** {@code group:name}. */
        String id() {
            return group + ":" + name;
        }

        boolean isOurs() {
            return group.equals(OURS);
        }

        /** The name of its file in a Maven repository. */
        String file() {
            int at = reference.indexOf("classifier=");
            String classifier = at < 0 ? "" : "-" + reference.substring(at + 11).split("&", -1)[0];
            return name + "-" + version + classifier + ".jar";
        }
    }

    /** @throws IllegalArgumentException if the document is no bill of materials, or a member that we need is missing */
    static Sbom parse(String json) throws IOException {
        JsonNode root = new ObjectMapper().readTree(json);
        if (!root.path("bomFormat").asText().equals("CycloneDX")) {
            throw new IllegalArgumentException(
                    "found bomFormat \"" + root.path("bomFormat").asText()
                            + "\"; allowed is CycloneDX: name a file that the build has made, " + ENTRY);
        }
        List<Component> components = new ArrayList<>();
        root.path("components").forEach(each -> components.add(component(each)));
        Map<String, List<String>> dependencies = new HashMap<>();
        for (JsonNode each : root.path("dependencies")) {
            List<String> on = new ArrayList<>();
            each.path("dependsOn").forEach(reference -> on.add(reference.asText()));
            dependencies.put(each.path("ref").asText(), List.copyOf(on));
        }
        return new Sbom(component(root.path("metadata").path("component")), List.copyOf(components), dependencies);
    }

    static Sbom read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /** The libraries of others. */
    List<Component> libraries() {
        return components.stream().filter(each -> !each.isOurs()).toList();
    }

    /** One of our modules and all that it needs, directly or not. */
    List<Component> closure(String module) {
        Deque<String> next = new ArrayDeque<>();
        Set<String> found = new LinkedHashSet<>();
        components.stream()
                .filter(each -> each.id().equals(OURS + ":" + module))
                .forEach(each -> next.add(each.reference()));
        while (!next.isEmpty()) {
            String reference = next.remove();
            if (found.add(reference)) {
                next.addAll(dependencies.getOrDefault(reference, List.of()));
            }
        }
        return components.stream()
                .filter(each -> found.contains(each.reference()))
                .toList();
    }

    private static Component component(JsonNode node) {
        Optional<String> sha256 = StreamSupport.stream(node.path("hashes").spliterator(), false)
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .findFirst();
        List<String> licenses = new ArrayList<>();
        for (JsonNode each : node.path("licenses")) {
            JsonNode license = each.path("license");
            licenses.add(each.path("expression")
                    .asText(license.path("id").asText(license.path("name").asText())));
        }
        return new Component(
                need(node, "group"), need(node, "name"), need(node, "version"), need(node, "purl"), sha256, licenses);
    }

    private static String need(JsonNode component, String member) {
        String value = component.path(member).asText();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a component without \"" + member + "\": " + component);
        }
        return value;
    }
}

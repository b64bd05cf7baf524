package org.xfrmctl.cli.manual;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.xfrmctl.model.definition.Definition;

/** The page of definition files, in section 5: what the JSON Schema for editors says, for readers. */
final class DefinitionPage {
    static final String NAME = "xfrmctl.yaml";

    /** The mappings of a file, from the outer to the inner, with what they are called there. */
    private static final Map<String, String> PARTS = parts();

    private static final List<String> EXAMPLE = List.of(
            "connections:",
            "  home:",
            "    local_addrs: 192.168.0.100",
            "    remote_addrs: 192.168.0.1",
            "    children:",
            "      net:",
            "        remote_ts: 10.1.0.0/16",
            "        ipcomp: yes",
            "        sas:",
            "          out: { spi: 0xc1000001, cpi: 0x1001, key: carol-moon }",
            "          in:  { spi: 0xc1000002, cpi: 0x1002, key: moon-carol }",
            "secrets:",
            "  carol-moon: { file: carol-moon.key }",
            "  moon-carol: { file: moon-carol.key }");

    private DefinitionPage() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("connection", "A connection");
        parts.put("child", "A child");
        parts.put("sas", "The SAs of a child");
        parts.put("sa", "An SA");
        parts.put("keys", "Derived keys");
        parts.put("interface", "An interface");
        parts.put("secret", "A secret");
        return parts;
    }

    static String print(String date, String source) {
        JsonNode schema = schema();
        Roff page = new Roff(NAME, 5, date, source);
        page.section("NAME").raw(Roff.escaped(NAME) + " \\- connection definitions of xfrmctl");
        page.section("DESCRIPTION")
                .text("YAML (*.yaml, *.yml) or JSON (*.json). " + text(schema, "description"))
                .paragraph()
                .text(
                        "Numbers are decimal or begin with 0x; flags are yes and no; names are 1 to 63 letters, digits, _, . and -."
                                + " What is wrong with a file, xfrmctl check says, all at once.");
        page.section("KEYS").subsection("A file");
        properties(page, schema, schema);
        PARTS.forEach((part, title) -> {
            page.subsection(title);
            properties(page, schema.path("$defs").path(part), schema);
        });
        page.section("EXAMPLES").lines(EXAMPLE);
        page.section("SEE ALSO").raw(Roff.bold("xfrmctl") + "(1),").raw(Roff.bold("xfrmctl-check") + "(1)");
        return page.toString();
    }

    private static JsonNode schema() {
        try (InputStream in = Definition.class.getResourceAsStream("definition.schema.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText();
    }

    private static void properties(Roff page, JsonNode part, JsonNode schema) {
        List<String> required = new ArrayList<>();
        part.path("required").forEach(each -> required.add(each.asText()));
        part.path("properties").properties().forEach(property -> {
            page.tagged(Roff.bold(property.getKey()));
            page.text(sentences(property.getValue(), schema, required.contains(property.getKey())));
        });
    }

    /** What it is, what may stand there, and what holds without it. */
    private static String sentences(JsonNode property, JsonNode schema, boolean required) {
        List<String> sentences = new ArrayList<>();
        add(sentences, text(property, "description"));
        String reference = text(property, "$ref");
        if (!reference.isEmpty()) {
            add(sentences, text(schema.at(reference.substring(1)), "description"));
        }
        if (property.has("enum")) {
            List<String> values = new ArrayList<>();
            property.path("enum").forEach(value -> values.add(value.asText()));
            sentences.add("One of " + String.join(", ", values) + ".");
        }
        if (property.has("default")) {
            JsonNode value = property.path("default");
            sentences.add(
                    "Default: " + (value.isBoolean() ? (value.asBoolean() ? "yes" : "no") : value.asText()) + ".");
        }
        if (required) {
            sentences.add("Required.");
        }
        return String.join(" ", sentences);
    }

    private static void add(List<String> sentences, String text) {
        if (!text.isEmpty()) {
            sentences.add(text.endsWith(".") ? text : text + ".");
        }
    }
}

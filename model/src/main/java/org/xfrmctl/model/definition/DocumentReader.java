package org.xfrmctl.model.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads YAML and JSON into {@link Node}s with line and column. Syntax errors never quote the file: a key that someone
 * pasted into it must not get into a log.
 */
public final class DocumentReader {
    private static final int DEPTH = 40;
    private static final int LARGEST = 64 << 20;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
            .build();
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
            .loaderOptions(options())
            .build();

    private final JsonParser parser;
    private final String file;
    private final Problems problems;

    private DocumentReader(JsonParser parser, String file, Problems problems) {
        this.parser = parser;
        this.file = file;
        this.problems = problems;
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEPTH);
        return options;
    }

    /** Reads a file's text; bytes that are not UTF-8 are refused with their place. */
    public static String text(Path path) {
        String file = path.toString();
        try {
            // No question of its size beforehand: it may be a pipe, or a device without end.
            byte[] bytes;
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(LARGEST + 1);
            }
            if (bytes.length > LARGEST) {
                throw new ConfigException(start(file), "the file is larger than 64 MiB; split it");
            }
            return decode(bytes, file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(start(file), "there is no such file; check the path");
        } catch (AccessDeniedException e) {
            throw new ConfigException(start(file), "the file may not be read by this user; check its mode and owner");
        } catch (IOException e) {
            throw new ConfigException(start(file), "the file cannot be read: " + e.getMessage());
        }
    }

    private static String decode(byte[] bytes, String file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // The readable part ends where the replacement character comes in; it gives the place.
            String lossy = new String(bytes, StandardCharsets.UTF_8);
            String before = lossy.substring(0, Math.max(lossy.indexOf('\ufffd'), 0));
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            int column = before.length() - before.lastIndexOf('\n');
            throw new ConfigException(
                    new Place(file, line, column, ""), "a byte here is no UTF-8; save the file as UTF-8 text");
        }
    }

    /**
     * Reads one document: JSON if the name ends in {@code .json}, otherwise YAML. Repeated keys are added to
     * {@code problems}; what cannot be read at all is thrown.
     */
    public static Node parse(String text, String file, Problems problems) {
        boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
        // A byte order mark is not part of the text; Windows editors leave one.
        String content = text.startsWith("\ufeff") ? text.substring(1) : text;
        try (JsonParser parser = (json ? JSON : YAML).createParser(content)) {
            return new DocumentReader(parser, file, problems).document();
        } catch (JsonProcessingException e) {
            throw new ConfigException(syntaxPlace(file, e), syntaxText(e, json));
        } catch (YAMLException e) {
            throw new ConfigException(start(file), syntaxText(e, json));
        } catch (IOException e) {
            throw new ConfigException(start(file), "the file cannot be read: " + e.getMessage());
        }
    }

    private static Place start(String file) {
        return new Place(file, 1, 1, "");
    }

    private Node document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new ConfigException(start(file), "the file is empty; it needs \"connections:\"");
        }
        Node root = node("", here(""));
        if (parser.nextToken() != null) {
            throw new ConfigException(here(""), "a second document begins here; a file holds one, use several files");
        }
        return root;
    }

    private Place here(String path) {
        JsonLocation location = parser.currentTokenLocation();
        return new Place(file, Math.max(location.getLineNr(), 1), Math.max(location.getColumnNr(), 1), path);
    }

    private Node node(String path, Place place) throws IOException {
        refuseReferences(path);
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new ConfigException(here(path), "the file ends too early");
        }
        return switch (token) {
            case START_OBJECT -> mapping(path, place);
            case START_ARRAY -> sequence(path, place);
            case VALUE_NULL -> new Node.Scalar("", true, place);
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                new Node.Scalar(parser.getText(), false, place);
            default ->
                throw new ConfigException(place, "this kind of value is not supported; use text, lists, mappings");
        };
    }

    private void refuseReferences(String path) throws IOException {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new ConfigException(here(path), "YAML aliases (*name) are not supported; write the value out");
        }
    }

    private Node sequence(String path, Place place) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String item = path + "[" + items.size() + "]";
            items.add(node(item, here(item)));
        }
        return new Node.Sequence(items, place);
    }

    private Node mapping(String path, Place place) throws IOException {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = Optional.ofNullable(parser.currentName()).orElse("");
            Place keyPlace = here(below(path, key));
            parser.nextToken();
            Node value = node(keyPlace.path(), here(keyPlace.path()));
            Node.Entry before = entries.putIfAbsent(key, new Node.Entry(key, keyPlace, value));
            if (before != null) {
                problems.add(
                        keyPlace,
                        "this key stands already in line " + before.keyPlace().line()
                                + "; each may stand once; remove or rename one");
            }
        }
        return new Node.Mapping(List.copyOf(entries.values()), place);
    }

    /** A key that cannot stand in one line of a message, or should not, is left out of the path. */
    private static String below(String path, String key) {
        boolean shown =
                key.length() <= 80 && key.codePoints().allMatch(Node.Scalar::isPlain) && !Node.Scalar.looksLikeKey(key);
        String name = shown ? key : "…";
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Place syntaxPlace(String file, JsonProcessingException e) {
        Optional<Mark> mark = marked(e).map(MarkedYAMLException::getProblemMark);
        if (mark.isPresent()) {
            return new Place(file, mark.get().getLine() + 1, mark.get().getColumn() + 1, "");
        }
        JsonLocation location = e.getLocation();
        return location == null
                ? start(file)
                : new Place(file, Math.max(location.getLineNr(), 1), Math.max(location.getColumnNr(), 1), "");
    }

    private static Optional<MarkedYAMLException> marked(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException yaml) {
                return Optional.of(yaml);
            }
        }
        return Optional.empty();
    }

    private static String syntaxText(Exception e, boolean json) {
        String kind = "this is no valid " + (json ? "JSON" : "YAML");
        String reason = marked(e)
                .map(MarkedYAMLException::getProblem)
                .filter(problem ->
                        problem.length() < 120 && problem.codePoints().allMatch(Node.Scalar::isPlain))
                .map(problem -> ": " + problem)
                .orElse("");
        return kind + reason + "; check the line above it too (indentation, quotes, brackets, commas)";
    }
}

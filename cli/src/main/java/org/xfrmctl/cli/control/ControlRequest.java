package org.xfrmctl.cli.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A command and its arguments.
 *
 * @param words at least one
 */
public record ControlRequest(List<String> words) {
    /** Bytes of the line, without its end. */
    public static final int LONGEST = 64 * 1024;

    private static final String COMMAND = "command";
    private static final String EXAMPLE = "{\"command\":[\"up\",\"home/net\"]}";

    public ControlRequest {
        words = List.copyOf(words);
    }

    /** It cannot be understood. The message tells the sender why. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String problem) {
            super("no request of this protocol: " + problem + "; expected is one line such as " + EXAMPLE);
        }
    }

    /** Reads a line. */
    static ControlRequest of(ByteBuffer line) throws MalformedException {
        try {
            return of(StandardCharsets.UTF_8.newDecoder().decode(line).toString());
        } catch (CharacterCodingException e) {
            throw new MalformedException("it is not UTF-8");
        }
    }

    private static ControlRequest of(String line) throws MalformedException {
        JsonNode request = json(line);
        if (!request.isObject()) {
            throw new MalformedException("it is no JSON object");
        }
        for (String name : (Iterable<String>) request::fieldNames) {
            if (!name.equals(COMMAND)) {
                throw new MalformedException("there is no member \"" + shortened(name) + "\"");
            }
        }
        JsonNode command = request.path(COMMAND);
        List<String> words = new ArrayList<>();
        for (JsonNode word : command) {
            if (!word.isTextual()) {
                throw new MalformedException("a word of \"command\" is no string");
            }
            words.add(word.textValue());
        }
        if (!command.isArray() || words.isEmpty()) {
            throw new MalformedException("\"command\" is no array of a command and its arguments");
        }
        return new ControlRequest(words);
    }

    private static JsonNode json(String line) throws MalformedException {
        try {
            return ControlJson.read(line);
        } catch (JsonProcessingException e) {
            throw new MalformedException("it is no JSON ("
                    + shortened(e.getOriginalMessage().lines().findFirst().orElse("")) + ")");
        }
    }

    private static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    /** The line, without its end. */
    String line() {
        return ControlJson.line(COMMAND, words);
    }
}

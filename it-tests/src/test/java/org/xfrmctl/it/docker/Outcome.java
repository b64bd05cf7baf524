package org.xfrmctl.it.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** How a command in a container ended. */
record Outcome(String command, int status, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What it wrote to standard output; a failure is the test's. */
    String text() {
        if (status != 0) {
            throw new AssertionError(this);
        }
        return out;
    }

    /** As {@link #text}, of a command that printed JSON. */
    JsonNode json() {
        try {
            return JSON.readTree(text());
        } catch (JsonProcessingException e) {
            throw new AssertionError(toString(), e);
        }
    }

    @Override
    public String toString() {
        return command + ": exit status " + status + "\n" + out + err;
    }
}

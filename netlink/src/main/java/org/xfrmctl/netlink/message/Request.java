package org.xfrmctl.netlink.message;

import java.util.function.Consumer;

/**
 * One thing to ask a kernel.
 *
 * @param flags beside NLM_F_REQUEST, NLM_F_ACK and NLM_F_DUMP, which the way of asking sets
 * @param verb what is asked, for people, for example {@code add state}
 * @param subject of what; its text never shows a key, and is not made before somebody reads it
 * @param body writes what follows the header
 */
public record Request(int type, int flags, String verb, Object subject, Consumer<MessageWriter> body) {
    /** A request whose verb says it all. */
    public Request(int type, int flags, String verb, Consumer<MessageWriter> body) {
        this(type, flags, verb, "", body);
    }

    /** Verb and subject. */
    public String description() {
        String object = subject.toString();
        return object.isEmpty() ? verb : verb + " " + object;
    }

    @Override
    public String toString() {
        return description();
    }
}

package org.xfrmctl.netlink.message;

import java.util.function.Consumer;

/**
 * One thing to ask a kernel.
 *
 * @param flags beside NLM_F_REQUEST and NLM_F_ACK, which are always set
 * @param description what is asked, for people; never a key
 * @param body writes what follows the header
 */
public record Request(int type, int flags, String description, Consumer<MessageWriter> body) {
    @Override
    public String toString() {
        return description;
    }
}

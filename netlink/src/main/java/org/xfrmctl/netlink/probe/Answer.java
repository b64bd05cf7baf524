package org.xfrmctl.netlink.probe;

import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/**
 * What a kernel answered. It may be neither of both: an answer that says nothing of what was asked.
 *
 * @param accepted whether it would do what was asked
 * @param refusal why it would not
 */
record Answer(boolean accepted, Optional<NetlinkException> refusal) {
    static final Answer NOTHING_SAID = new Answer(false, Optional.empty());

    /**
     * What a request came to.
     *
     * @throws NetlinkException EPERM: who may not ask learns nothing
     */
    static Answer of(Optional<NetlinkException> refusal) {
        refusal.filter(said -> said.is(Errno.EPERM)).ifPresent(said -> {
            throw said;
        });
        return new Answer(refusal.isEmpty(), refusal);
    }

    boolean is(Errno errno) {
        return refusal.filter(said -> said.is(errno)).isPresent();
    }

    /** Kernels before Linux 6.1 refuse states without a word, and later ones still some requests. */
    boolean isWordless() {
        return text().isEmpty();
    }

    boolean says(String words) {
        return text().filter(text -> text.contains(words)).isPresent();
    }

    private Optional<String> text() {
        return refusal.flatMap(said -> said.refusal().kernel().text());
    }
}

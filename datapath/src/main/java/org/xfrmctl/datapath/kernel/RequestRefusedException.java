package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.netlink.Errno;

/** A request that is not carried out: becomes an {@code NLMSG_ERROR}, and never leaves this package. */
final class RequestRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;
    private final transient Optional<String> text;
    private final transient OptionalInt offset;

    private RequestRefusedException(Errno errno, Optional<String> text, OptionalInt offset) {
        super(errno.name(), null, false, false);
        this.errno = errno;
        this.text = text;
        this.offset = offset;
    }

    /** Without a text, as older checks of the kernel answer. */
    static RequestRefusedException of(Errno errno) {
        return new RequestRefusedException(errno, Optional.empty(), OptionalInt.empty());
    }

    /** With the text of {@code NL_SET_ERR_MSG}. */
    static RequestRefusedException of(Errno errno, String text) {
        return new RequestRefusedException(errno, Optional.of(text), OptionalInt.empty());
    }

    /** {@code EINVAL} with a text, the answer to most mistakes. */
    static RequestRefusedException invalid(String text) {
        return of(Errno.EINVAL, text);
    }

    /** With the place of the attribute at fault, counted from the message's header ({@code NL_SET_ERR_MSG_ATTR}). */
    static RequestRefusedException at(Errno errno, String text, int offset) {
        return new RequestRefusedException(errno, Optional.of(text), OptionalInt.of(offset));
    }

    Errno errno() {
        return errno;
    }

    Optional<String> text() {
        return text;
    }

    OptionalInt offset() {
        return offset;
    }
}

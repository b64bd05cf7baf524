package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import org.xfrmctl.netlink.Errno;

/** A request that is not carried out: becomes an {@code NLMSG_ERROR}, and never leaves this package. */
final class RequestRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;
    private final transient Optional<String> text;
    private final transient Optional<BadAttribute> attribute;

    /**
     * The attribute at fault.
     *
     * @param offset counted from the message's header
     * @param number which number it should have been, if it should have been one
     */
    record BadAttribute(int offset, Optional<NumberType> number) {}

    private RequestRefusedException(Errno errno, Optional<String> text, Optional<BadAttribute> attribute) {
        super(errno.name(), null, false, false);
        this.errno = errno;
        this.text = text;
        this.attribute = attribute;
    }

    /** Without a text, as older checks of the kernel answer. */
    static RequestRefusedException of(Errno errno) {
        return new RequestRefusedException(errno, Optional.empty(), Optional.empty());
    }

    /** With the text of {@code NL_SET_ERR_MSG}. */
    static RequestRefusedException of(Errno errno, String text) {
        return new RequestRefusedException(errno, Optional.of(text), Optional.empty());
    }

    /** {@code EINVAL} with a text, the answer to most mistakes. */
    static RequestRefusedException invalid(String text) {
        return of(Errno.EINVAL, text);
    }

    /** With the place of the fault and what should stand there ({@code NL_SET_ERR_MSG_ATTR_POL}). */
    static RequestRefusedException at(BadAttribute attribute, Errno errno, String text) {
        return new RequestRefusedException(errno, Optional.of(text), Optional.of(attribute));
    }

    Errno errno() {
        return errno;
    }

    Optional<String> text() {
        return text;
    }

    Optional<BadAttribute> attribute() {
        return attribute;
    }
}

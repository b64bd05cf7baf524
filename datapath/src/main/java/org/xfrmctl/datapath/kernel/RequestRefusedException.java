package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.ErrorMessage.Fault;

/** A request that is not carried out: becomes an {@code NLMSG_ERROR}, and never leaves this package. */
final class RequestRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;
    private final transient Optional<String> text;
    private final transient Fault fault;

    private RequestRefusedException(Errno errno, Optional<String> text, Fault fault) {
        super(errno.name(), null, false, false);
        this.errno = errno;
        this.text = text;
        this.fault = fault;
    }

    /** Without a text, as older checks of the kernel answer. */
    static RequestRefusedException of(Errno errno) {
        return new RequestRefusedException(errno, Optional.empty(), Fault.UNTOLD);
    }

    /** With the text of {@code NL_SET_ERR_MSG}. */
    static RequestRefusedException of(Errno errno, String text) {
        return new RequestRefusedException(errno, Optional.of(text), Fault.UNTOLD);
    }

    /** {@code EINVAL} with a text, the answer to most mistakes. */
    static RequestRefusedException invalid(String text) {
        return of(Errno.EINVAL, text);
    }

    /** With the place of the fault and what should stand there ({@code NL_SET_ERR_MSG_ATTR_POL}). */
    static RequestRefusedException at(Fault fault, Errno errno, String text) {
        return new RequestRefusedException(errno, Optional.of(text), fault);
    }

    Errno errno() {
        return errno;
    }

    /** What the answer says; {@code otherwise} is its text if the refusal has none. */
    ErrorMessage answer(Optional<String> otherwise) {
        return new ErrorMessage(errno.number(), text.or(() -> otherwise), fault);
    }
}

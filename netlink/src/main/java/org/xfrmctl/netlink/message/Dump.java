package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.uapi.Netlink;

/** The answer to a dump request, as far as it has come. */
final class Dump {
    private final int sequence;
    private final Consumer<NetlinkMessage> entries;
    private Optional<ErrorMessage> end = Optional.empty();
    private boolean interrupted;
    /** Raised at the end only: a dump left half read would make the kernel refuse the next one with EBUSY. */
    private Optional<RuntimeException> failure = Optional.empty();

    Dump(int sequence, Consumer<NetlinkMessage> entries) {
        this.sequence = sequence;
        this.entries = entries;
    }

    boolean isDone() {
        return end.isPresent();
    }

    boolean wasInterrupted() {
        return interrupted;
    }

    void read(ByteBuffer datagram) {
        for (NetlinkMessage message : NetlinkMessage.split(datagram)) {
            if (message.sequence() == sequence && end.isEmpty()) {
                read(message);
            }
        }
    }

    private void read(NetlinkMessage message) {
        interrupted |= message.has(Netlink.NLM_F_DUMP_INTR) && message.has(Netlink.NLM_F_MULTI);
        if (message.type() == Netlink.NLMSG_OVERRUN) {
            throw new MalformedMessageException("dump", 0, "the kernel reports an overrun");
        }
        end = ErrorMessage.find(message);
        if (!message.isControl() && failure.isEmpty()) {
            accept(message);
        }
    }

    private void accept(NetlinkMessage message) {
        try {
            entries.accept(message);
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    /** How the kernel ended it; raises what the receiver of the entries raised. */
    ErrorMessage end() {
        failure.ifPresent(raised -> {
            throw raised;
        });
        return end.orElseThrow();
    }
}

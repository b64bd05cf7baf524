package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.uapi.XfrmMsg;

/**
 * The message types of Linux 6.1 in their order, each with the size that its body must have at least ({@code
 * xfrm_msg_min}) and what answers it.
 */
enum RequestType {
    NEWSA(224, (tables, request) -> tables.states().add(request)),
    DELSA(24, (tables, request) -> tables.states().delete(request)),
    GETSA(24, (tables, request) -> tables.states().get(request)),
    NEWPOLICY(168, (tables, request) -> tables.policies().add(request)),
    DELPOLICY(64, (tables, request) -> tables.policies().delete(request)),
    GETPOLICY(64, (tables, request) -> tables.policies().get(request)),
    ALLOCSPI(232, (tables, request) -> tables.states().allocateSpi(request)),
    ACQUIRE(280),
    EXPIRE(232, (tables, request) -> tables.states().expire(request)),
    UPDPOLICY(168, (tables, request) -> tables.policies().update(request)),
    UPDSA(224, (tables, request) -> tables.states().update(request)),
    POLEXPIRE(176, (tables, request) -> tables.policies().expire(request)),
    FLUSHSA(1, (tables, request) -> tables.states().flush(request)),
    FLUSHPOLICY(0, (tables, request) -> tables.policies().flush(request)),
    NEWAE(48, (tables, request) -> tables.replay().set(request)),
    GETAE(48, (tables, request) -> tables.replay().get(request)),
    REPORT(60, RequestType::refuse),
    MIGRATE(64),
    NEWSADINFO(4, RequestType::refuse),
    GETSADINFO(4, (tables, request) -> tables.states().info(request)),
    NEWSPDINFO(4),
    GETSPDINFO(4, (tables, request) -> tables.policies().info(request)),
    MAPPING(64, RequestType::refuse),
    SETDEFAULT(3, (tables, request) -> tables.defaults().set(request)),
    GETDEFAULT(3, (tables, request) -> tables.defaults().get(request));

    /** What answers, by subject. */
    record Tables(StateRequests states, PolicyRequests policies, ReplayRequests replay, DefaultRequests defaults) {}

    private final int bodyLength;
    private final BiConsumer<Tables, Request> handler;

    RequestType(int bodyLength, BiConsumer<Tables, Request> handler) {
        this.bodyLength = bodyLength;
        this.handler = handler;
    }

    RequestType(int bodyLength) {
        this.bodyLength = bodyLength;
        this.handler = (tables, request) -> {
            throw RequestRefusedException.of(
                    Errno.EOPNOTSUPP, "xfrmctl's userspace kernel does not answer " + name() + " yet");
        };
    }

    /** Finds by {@code nlmsg_type}; empty above the last type of 6.1. */
    static Optional<RequestType> of(int number) {
        int index = number - XfrmMsg.NEWSA;
        return index >= 0 && index < values().length ? Optional.of(values()[index]) : Optional.empty();
    }

    int bodyLength() {
        return bodyLength;
    }

    void handle(Tables tables, Request request) {
        handler.accept(tables, request);
    }

    /** Only these two can list their table. */
    boolean canDump() {
        return this == GETSA || this == GETPOLICY;
    }

    /** Messages that only the kernel sends. */
    private static void refuse(Tables tables, Request request) {
        throw RequestRefusedException.of(Errno.EINVAL);
    }
}

package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.uapi.XfrmMsg;

/**
 * The message types of Linux 6.1 in their order, each with the size that its body must have at least ({@code
 * xfrm_msg_min}).
 */
enum RequestType {
    NEWSA(224),
    DELSA(24),
    GETSA(24),
    NEWPOLICY(168),
    DELPOLICY(64),
    GETPOLICY(64),
    ALLOCSPI(232),
    ACQUIRE(280),
    EXPIRE(232),
    UPDPOLICY(168),
    UPDSA(224),
    POLEXPIRE(176),
    FLUSHSA(1),
    FLUSHPOLICY(0),
    NEWAE(48),
    GETAE(48),
    REPORT(60),
    MIGRATE(64),
    NEWSADINFO(4),
    GETSADINFO(4),
    NEWSPDINFO(4),
    GETSPDINFO(4),
    MAPPING(64),
    SETDEFAULT(3),
    GETDEFAULT(3);

    /** What answers, by subject. */
    record Tables(StateRequests states, PolicyRequests policies, ReplayRequests replay, DefaultRequests defaults) {}

    private final int bodyLength;

    RequestType(int bodyLength) {
        this.bodyLength = bodyLength;
    }

    /** Finds by {@code nlmsg_type}; empty above the last type of 6.1. */
    static Optional<RequestType> of(int number) {
        int index = number - XfrmMsg.NEWSA;
        return index >= 0 && index < values().length ? Optional.of(values()[index]) : Optional.empty();
    }

    int bodyLength() {
        return bodyLength;
    }

    /** Only these two can list their table. */
    boolean canDump() {
        return this == GETSA || this == GETPOLICY;
    }

    /** Carries a request out ({@code xfrm_dispatch[]}). */
    void handle(Tables tables, Request request) {
        switch (this) {
            case NEWSA -> tables.states().add(request);
            case UPDSA -> tables.states().update(request);
            case DELSA -> tables.states().delete(request);
            case GETSA -> tables.states().get(request);
            case FLUSHSA -> tables.states().flush(request);
            case ALLOCSPI -> tables.states().allocateSpi(request);
            case EXPIRE -> tables.states().expire(request);
            case GETSADINFO -> tables.states().info(request);
            case NEWPOLICY -> tables.policies().add(request);
            case UPDPOLICY -> tables.policies().update(request);
            case DELPOLICY -> tables.policies().delete(request);
            case GETPOLICY -> tables.policies().get(request);
            case FLUSHPOLICY -> tables.policies().flush(request);
            case POLEXPIRE -> tables.policies().expire(request);
            case GETSPDINFO -> tables.policies().info(request);
            case NEWAE -> tables.replay().set(request);
            case GETAE -> tables.replay().get(request);
            case SETDEFAULT -> tables.defaults().set(request);
            case GETDEFAULT -> tables.defaults().get(request);
            // Only a kernel sends these.
            case REPORT, NEWSADINFO, MAPPING -> throw RequestRefusedException.of(Errno.EINVAL);
            case ACQUIRE, MIGRATE, NEWSPDINFO ->
                throw RequestRefusedException.of(
                        Errno.EOPNOTSUPP, "xfrmctl's userspace kernel does not answer " + name() + " yet");
        }
    }
}

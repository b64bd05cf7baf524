package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.uapi.XfrmMsg;

/** The message types of Linux 6.1, in the order of their numbers. */
enum RequestType {
    NEWSA,
    DELSA,
    GETSA,
    NEWPOLICY,
    DELPOLICY,
    GETPOLICY,
    ALLOCSPI,
    ACQUIRE,
    EXPIRE,
    UPDPOLICY,
    UPDSA,
    POLEXPIRE,
    FLUSHSA,
    FLUSHPOLICY,
    NEWAE,
    GETAE,
    REPORT,
    MIGRATE,
    NEWSADINFO,
    GETSADINFO,
    NEWSPDINFO,
    GETSPDINFO,
    MAPPING,
    SETDEFAULT,
    GETDEFAULT;

    /** What answers, by subject. */
    record Tables(
            StateRequests states,
            PolicyRequests policies,
            ReplayRequests replay,
            DefaultRequests defaults,
            MigrationRequests migrations,
            AcquireRequests acquires) {}

    /** Finds by {@code nlmsg_type}; empty above the last type of 6.1. */
    static Optional<RequestType> of(int number) {
        int index = number - XfrmMsg.NEWSA;
        return index >= 0 && index < values().length ? Optional.of(values()[index]) : Optional.empty();
    }

    /** The size that its body must have at least ({@code xfrm_msg_min}); some that only a kernel sends have none. */
    int bodyLength() {
        if (this == NEWSADINFO || this == MAPPING) {
            return 0;
        }
        return XfrmMsg.TABLE
                .body(XfrmMsg.NEWSA + ordinal())
                .map(StructCodec::size)
                .orElse(0);
    }

    /** The attributes that it may have: one type numbers its own ({@code xfrma_spd_policy}). */
    AttributeRules attributes() {
        return this == NEWSPDINFO ? AttributeRules.SPD : AttributeRules.COMMON;
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
            case NEWSPDINFO -> tables.policies().setThresholds(request);
            case ACQUIRE -> tables.acquires().ask(request);
            case MIGRATE -> tables.migrations().migrate(request);
            case NEWAE -> tables.replay().set(request);
            case GETAE -> tables.replay().get(request);
            case SETDEFAULT -> tables.defaults().set(request);
            case GETDEFAULT -> tables.defaults().get(request);
            // Only a kernel sends these.
            case REPORT, NEWSADINFO, MAPPING -> throw RequestRefusedException.of(Errno.EINVAL);
        }
    }
}

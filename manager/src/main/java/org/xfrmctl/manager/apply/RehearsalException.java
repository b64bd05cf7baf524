package org.xfrmctl.manager.apply;

import java.util.List;
import java.util.stream.Collectors;
import org.xfrmctl.netlink.NetlinkException;

/** The kernel cannot hold states that a plan would add. Found before anything was changed. */
public final class RehearsalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<NetlinkException> refusals;

    RehearsalException(List<NetlinkException> refusals) {
        super(refusals.stream().map(NetlinkException::getMessage).collect(Collectors.joining("\n")));
        this.refusals = List.copyOf(refusals);
    }

    /** What the kernel would say, one for each state. */
    public List<NetlinkException> refusals() {
        return refusals;
    }
}

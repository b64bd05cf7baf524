package org.xfrmctl.datapath.device;

import java.nio.ByteBuffer;
import org.xfrmctl.datapath.link.Port;
import org.xfrmctl.model.IpAddress;

/** The far end of a link: what a host sends there leaves the process, and what comes from outside is for the host. */
public interface Device extends Port {
    /** Nothing is going to happen by itself. */
    int NEVER = -1;

    /** Everybody who is not in this process is behind it. */
    @Override
    default boolean owns(IpAddress address) {
        return true;
    }

    /** Takes what came from outside; valid only during the call. Untrusted. */
    void arrive(ByteBuffer datagram);

    /** The milliseconds until {@link #runTimers} has something to do, or {@link #NEVER}. */
    default int untilTimers() {
        return NEVER;
    }

    /** Does what is due. */
    default void runTimers() {}
}

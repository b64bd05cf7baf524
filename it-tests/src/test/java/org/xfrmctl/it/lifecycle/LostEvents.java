package org.xfrmctl.it.lifecycle;

import java.nio.ByteBuffer;
import org.xfrmctl.it.contract.PassingTransport;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;

/** A socket whose queue is full whenever an event comes: it tells that there was one, and not which. */
final class LostEvents extends PassingTransport {
    private volatile boolean listens;

    LostEvents(NetlinkTransport transport) {
        super(transport);
    }

    @Override
    public ByteBuffer receive() {
        ByteBuffer datagram = super.receive();
        if (listens) {
            throw new NetlinkException(Errno.ENOBUFS.number(), "receive");
        }
        return datagram;
    }

    @Override
    public void join(int group) {
        super.join(group);
        listens = true;
    }
}

package org.xfrmctl.datapath.host.tcp;

import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.model.IpAddress;

/** What names a connection, seen from here. */
public record Ends(IpAddress local, int localPort, IpAddress remote, int remotePort) {
    /** The flow of what goes out. */
    public Flow flow() {
        return new Flow(local, remote, TcpHeader.PROTOCOL, localPort, remotePort);
    }

    @Override
    public String toString() {
        return "[" + local + "]:" + localPort + " - [" + remote + "]:" + remotePort;
    }
}

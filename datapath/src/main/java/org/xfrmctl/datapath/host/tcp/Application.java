package org.xfrmctl.datapath.host.tcp;

/** The program at one end of a connection. */
@FunctionalInterface
public interface Application {
    /** Something has changed: the state, what there is to read, or what of the sent bytes is acknowledged. */
    void changed(TcpConnection connection);
}

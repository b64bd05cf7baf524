package org.xfrmctl.datapath.host;

import org.xfrmctl.model.IpAddress;

/**
 * Datagrams that are to come back.
 *
 * @param destination the address of the echo service (RFC 862)
 * @param size data bytes behind the 8-byte UDP header
 * @param count how many, one after the other
 */
public record EchoOptions(IpAddress destination, int size, int count) {
    public static final int PORT = 7;
}

package org.xfrmctl.cli.metrics;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.xfrmctl.model.IpAddress;

/**
 * Where metrics are to be had.
 *
 * @param port 0 for any that is free
 */
public record MetricsAddress(InetAddress address, int port) {
    private static final int LAST_PORT = 65_535;

    /**
     * Reads {@code ADDRESS:PORT}, or {@code PORT} alone, which is on 127.0.0.1: who is not told apart from others should not be
     * served unasked.
     *
     * @throws IllegalArgumentException with what is wrong in it, and what would be right
     */
    public static MetricsAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > LAST_PORT || host.contains(":") != bracketed) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is neither PORT nor ADDRESS:PORT, with a port from 0 to 65535 and an IPv6 address in brackets, as in"
                    + " 127.0.0.1:9517 or [::1]:9517");
        }
        IpAddress address = IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        return new MetricsAddress(java(address), Integer.parseInt(port));
    }

    /** It is a literal, so nothing is looked up. */
    private static InetAddress java(IpAddress address) {
        try {
            return InetAddress.getByName(address.toString());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no address of this machine's families", e);
        }
    }

    InetSocketAddress socket() {
        return new InetSocketAddress(address, port);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String host = address.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}

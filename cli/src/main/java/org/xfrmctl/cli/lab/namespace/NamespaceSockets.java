package org.xfrmctl.cli.lab.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.sys.NetworkNamespace;

/** Sockets of one family in one namespace: a socket belongs for ever to the namespace of the thread that opened it. */
record NamespaceSockets(NetworkNamespace namespace, ProtocolFamily family) {
    static NamespaceSockets of(String namespace, IpAddress like) {
        return new NamespaceSockets(
                NetworkNamespace.named(namespace),
                like.family() == Family.INET6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    }

    /** As Java wants it. */
    static InetSocketAddress address(IpAddress address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address.toString()), port);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServerSocketChannel server() {
        return open(() -> ServerSocketChannel.open(family));
    }

    SocketChannel client() {
        return open(() -> SocketChannel.open(family));
    }

    DatagramChannel datagrams() {
        return open(() -> DatagramChannel.open(family));
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open() throws IOException;
    }

    private <T> T open(Opening<T> opening) {
        return namespace.call(() -> {
            try {
                return opening.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (UnsupportedOperationException e) {
                throw new IllegalStateException(
                        "Java finds no IPv6 on this machine: /proc/net/if_inet6 was empty when it looked; bring lo up",
                        e);
            }
        });
    }
}

package org.xfrmctl.cli.lab.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;

/** Sockets of this machine, where nothing is lost: only late. */
class SocketEchoTest {
    private static final long LONG = 20_000;
    private static final long SHORT = 100;

    @Test
    void aLateEchoIsNoAnswerToTheNext() throws IOException {
        try (DatagramChannel server = bound();
                DatagramChannel deaf = bound();
                SocketEcho echo = new SocketEcho(SocketEchoTest::open, server)) {
            assertThat(echo.comesBack(8, address(server), LONG)).isTrue();
            assertThat(echo.comesBack(8, address(server), LONG)).isTrue();
            // Nobody waits for this one, which comes back while the next is waited for.
            assertThat(echo.comesBack(8, address(server), 0)).isFalse();
            assertThat(echo.comesBack(8, address(deaf), SHORT)).isFalse();
            assertThat(echo.comesBack(8, address(server), LONG)).isTrue();
        }
    }

    private static DatagramChannel bound() throws IOException {
        return open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static InetSocketAddress address(DatagramChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private static DatagramChannel open() {
        try {
            return DatagramChannel.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

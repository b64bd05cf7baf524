package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;

/** Sends datagrams to an echo service and counts what comes back. */
public final class Echo implements Udp.Service {
    private static final int OWN_PORT = 40_007;

    private int received;
    private Optional<String> error = Optional.empty();

    private Echo() {}

    /** Opens the service on one host and asks it from the other; each datagram has the time until the network is quiet. */
    public static PingOutcome run(Network network, Host from, Host to, EchoOptions options) {
        Echo echo = new Echo();
        from.udp().bind(OWN_PORT, echo);
        to.udp().echo(EchoOptions.PORT);
        try {
            Bytes data = Bytes.of(new byte[options.size()]);
            for (int i = 0; i < options.count(); i++) {
                Optional<String> refused = from.udp().send(OWN_PORT, options.destination(), EchoOptions.PORT, data);
                refused.ifPresent(echo::failed);
                network.pump();
            }
        } finally {
            from.udp().unbind(OWN_PORT);
            to.udp().unbind(EchoOptions.PORT);
        }
        return new PingOutcome(options.count(), echo.received, echo.error);
    }

    @Override
    public void received(IpAddress at, IpAddress from, int port, Bytes data) {
        received++;
    }

    @Override
    public void failed(String reason) {
        error = error.or(() -> Optional.of(reason));
    }
}

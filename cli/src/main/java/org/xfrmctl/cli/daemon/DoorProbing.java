package org.xfrmctl.cli.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.manager.mtu.SocketQuestion;
import org.xfrmctl.manager.mtu.Way;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.manager.probe.ProbingHost;
import org.xfrmctl.manager.probe.Sounder;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.RouteQuery;
import org.xfrmctl.netlink.sys.PacketConnection;

/** A daemon's host as the beginning of a path, asked by the daemon's socket. */
public record DoorProbing(Path socket) implements ProbingHost {
    @Override
    public Ways ways() {
        return new DoorWays();
    }

    @Override
    public OptionalInt socketMtu(SocketQuestion question) {
        return OptionalInt.of(
                Integer.parseInt(ask(new HostQuestion.Socket(question.from(), question.to(), question.mark()))));
    }

    @Override
    public Sounder open(EchoPath path) {
        return new Sounder() {
            @Override
            public Heard sound(int size, int millis) {
                return HeardWords.read(ask(new HostQuestion.Sound(path, size, millis)));
            }

            @Override
            public void close() {
                // Each request has a connection of its own.
            }
        };
    }

    private String ask(HostQuestion question) {
        try (PacketConnection connection = PacketConnection.to(socket)) {
            connection.send(question.bytes());
            ByteBuffer answer = connection
                    .receive()
                    .orElseThrow(() -> new NetlinkException(Errno.EPIPE.number(), "ask the daemon at " + socket));
            // An empty datagram would be the end of the connection.
            byte[] text = new byte[answer.remaining() - 1];
            answer.get(1, text);
            return new String(text, UTF_8);
        }
    }

    private List<String> words(HostQuestion question) {
        return Arrays.stream(ask(question).split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Override
    public void close() {
        // As above.
    }

    /** A daemon's host has no routes with an MTU, and no interfaces with an if_id. */
    private final class DoorWays implements Ways {
        private Optional<List<String>> path(RouteQuery query) {
            List<String> told = words(new HostQuestion.Path(query.destination()));
            return told.isEmpty() ? Optional.empty() : Optional.of(told);
        }

        private Optional<Way> way(RouteQuery query) {
            return path(query).map(told -> {
                int mtu = Integer.parseInt(told.get(0));
                int linkMtu = Integer.parseInt(told.get(2));
                return new Way(
                        mtu,
                        mtu < linkMtu ? Way.Origin.LEARNT : Way.Origin.LINK,
                        false,
                        Optional.of(new Way.Carrier(told.get(1), linkMtu)));
            });
        }

        @Override
        public Way outer(RouteQuery query) {
            return way(query)
                    .orElseThrow(() -> new NetlinkException(
                            Errno.ENETUNREACH.number(), "look for a route to " + query.destination()));
        }

        @Override
        public Clear inner(RouteQuery query) {
            return way(query).map(Clear::by).orElse(Clear.REFUSED);
        }

        @Override
        public Optional<Way> through(IfId ifId) {
            return Optional.empty();
        }

        @Override
        public List<IpAddress> own() {
            return words(new HostQuestion.Addresses()).stream()
                    .map(IpAddress::parse)
                    .toList();
        }

        @Override
        public Optional<IpAddress> source(RouteQuery query) {
            return path(query).map(told -> IpAddress.parse(told.get(3)));
        }
    }
}

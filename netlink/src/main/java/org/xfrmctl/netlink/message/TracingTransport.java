package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.uapi.MessageTable;

/** Tells line by line what passes a transport, in both directions; never a key. */
public final class TracingTransport implements NetlinkTransport {
    private final NetlinkTransport transport;
    private final MessageDescription description;
    private final Consumer<String> lines;

    /** Takes over the transport. {@code table} has the names of its family's messages. */
    public TracingTransport(NetlinkTransport transport, MessageTable table, Consumer<String> lines) {
        this.transport = transport;
        this.description = new MessageDescription(table);
        this.lines = lines;
    }

    @Override
    public int portId() {
        return transport.portId();
    }

    @Override
    public void send(ByteBuffer datagram) {
        tell("> ", datagram);
        attempt(() -> {
            transport.send(datagram);
            return datagram;
        });
    }

    @Override
    public ByteBuffer receive() {
        return told(attempt(transport::receive));
    }

    @Override
    public Optional<ByteBuffer> receiveNow() {
        return attempt(transport::receiveNow).map(this::told);
    }

    /** One line, whatever the texts in it hold: control characters, which a terminal would obey, are spelled out. */
    private void line(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.chars().forEach(character -> {
            if (Character.isISOControl(character)) {
                shown.append(String.format("\\x%02x", character));
            } else {
                shown.append((char) character);
            }
        });
        lines.accept(shown.toString());
    }

    private <T> T attempt(Supplier<T> call) {
        try {
            return call.get();
        } catch (NetlinkException failure) {
            line("! " + failure.getMessage());
            throw failure;
        }
    }

    private ByteBuffer told(ByteBuffer datagram) {
        String from = sender().isPresent() ? "< nsid " + sender().getAsInt() + " " : "< ";
        tell(from, datagram);
        return datagram;
    }

    private void tell(String direction, ByteBuffer datagram) {
        List<NetlinkMessage> messages;
        try {
            messages = NetlinkMessage.split(datagram.duplicate().order(datagram.order()));
        } catch (MalformedMessageException malformed) {
            line(direction + datagram.remaining() + " bytes: " + malformed.getMessage());
            return;
        }
        for (NetlinkMessage message : messages) {
            String prefix = direction;
            for (String line : description.lines(message)) {
                line(prefix + line);
                prefix = "  ";
            }
        }
    }

    @Override
    public OptionalInt sender() {
        return transport.sender();
    }

    @Override
    public void join(int group) {
        line("> join group " + group);
        transport.join(group);
    }

    @Override
    public void listenToAllNamespaces() {
        line("> listen to all namespaces");
        transport.listenToAllNamespaces();
    }

    @Override
    public void close() {
        transport.close();
    }
}

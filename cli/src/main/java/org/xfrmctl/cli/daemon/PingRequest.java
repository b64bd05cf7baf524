package org.xfrmctl.cli.daemon;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.model.IpAddress;

/** Asks the daemon's host to ping: the only datagram of its connection, beside the answer. */
public record PingRequest(IpAddress destination, int size, int count) {
    /** The longest data that an IPv4 packet has room for behind its header and ICMP's. */
    public static final int LARGEST = 65_507;

    public static final int MOST = 1_000;

    private static final int MAGIC = 0x78667270;
    private static final int HEAD = 4 * Integer.BYTES;
    private static final int ANSWER = 2 * Integer.BYTES;

    /** Empty if it is nothing of the kind, or beyond the limits. */
    static Optional<PingRequest> read(ByteBuffer datagram) {
        if (datagram.remaining() < HEAD || datagram.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        int size = datagram.getInt(4);
        int count = datagram.getInt(8);
        int length = datagram.getInt(12);
        boolean sound = size >= 0
                && size <= LARGEST
                && count > 0
                && count <= MOST
                && (length == 4 || length == 16)
                && datagram.remaining() == HEAD + length;
        if (!sound) {
            return Optional.empty();
        }
        byte[] address = new byte[length];
        datagram.get(HEAD, address);
        return Optional.of(new PingRequest(IpAddress.of(address), size, count));
    }

    PingOptions options() {
        return PingOptions.of(destination, size).withCount(count);
    }

    public ByteBuffer bytes() {
        byte[] address = destination.toBytes();
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + address.length).order(nativeOrder());
        return bytes.putInt(MAGIC)
                .putInt(size)
                .putInt(count)
                .putInt(address.length)
                .put(address)
                .flip();
    }

    static ByteBuffer answer(PingOutcome outcome) {
        byte[] error = outcome.error().orElse("").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(ANSWER + error.length)
                .order(nativeOrder())
                .putInt(outcome.sent())
                .putInt(outcome.received())
                .put(error)
                .flip();
    }

    /** What an answer says. */
    public static PingOutcome outcome(ByteBuffer answer) {
        byte[] error = new byte[answer.remaining() - ANSWER];
        answer.get(ANSWER, error);
        Optional<String> text =
                error.length == 0 ? Optional.empty() : Optional.of(new String(error, StandardCharsets.UTF_8));
        return new PingOutcome(answer.getInt(0), answer.getInt(4), text);
    }
}

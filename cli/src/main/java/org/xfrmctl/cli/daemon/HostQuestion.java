package org.xfrmctl.cli.daemon;

import static java.nio.ByteOrder.nativeOrder;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;

/**
 * Asks the daemon's host about its ways, or to send an echo request: the only datagram of its connection, beside the answer.
 * Both are words, behind a number that other requests do not begin with.
 */
sealed interface HostQuestion {
    int MAGIC = 0x78667271;
    /** The longest packet of IPv6 without a jumbogram. */
    int LARGEST_SIZE = 65_575;

    int MOST_MILLIS = 10_000;

    /** {@code way TO}: answered by {@code MTU DEVICE LINK-MTU SOURCE}, or nothing. */
    record Path(IpAddress to) implements HostQuestion {
        @Override
        public List<String> words() {
            return List.of("way", to.toString());
        }
    }

    /** {@code addresses}: answered by all that the host has. */
    record Addresses() implements HostQuestion {
        @Override
        public List<String> words() {
            return List.of("addresses");
        }
    }

    /** {@code socket FROM TO MARK}: answered by the MTU that a UDP socket is told. */
    record Socket(IpAddress from, IpAddress to, int mark) implements HostQuestion {
        @Override
        public List<String> words() {
            return List.of("socket", from.toString(), to.toString(), Integer.toString(mark));
        }
    }

    /** {@code sound TO FROM MARK UNTAUGHT SIZE MILLIS}, with - for no FROM: answered as {@link HeardWords} has it. */
    record Sound(EchoPath path, int size, int millis) implements HostQuestion {
        @Override
        public List<String> words() {
            return List.of(
                    "sound",
                    path.to().toString(),
                    path.from().map(IpAddress::toString).orElse("-"),
                    Integer.toString(path.mark()),
                    Boolean.toString(path.untaught()),
                    Integer.toString(size),
                    Integer.toString(millis));
        }
    }

    List<String> words();

    default ByteBuffer bytes() {
        byte[] text = String.join(" ", words()).getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + text.length)
                .order(nativeOrder())
                .putInt(MAGIC)
                .put(text)
                .flip();
    }

    /** Empty if it is nothing of the kind, or beyond the limits. */
    static Optional<HostQuestion> read(ByteBuffer datagram) {
        if (datagram.remaining() <= Integer.BYTES || datagram.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        byte[] text = new byte[datagram.remaining() - Integer.BYTES];
        datagram.get(Integer.BYTES, text);
        try {
            return read(List.of(new String(text, UTF_8).split(" ", -1)));
        } catch (IllegalArgumentException misspelt) {
            // A number or an address; no program of ours writes such.
            return Optional.empty();
        }
    }

    private static Optional<HostQuestion> read(List<String> words) {
        if (words.equals(List.of("addresses"))) {
            return Optional.of(new Addresses());
        }
        if (words.size() == 2 && words.get(0).equals("way")) {
            return Optional.of(new Path(IpAddress.parse(words.get(1))));
        }
        if (words.size() == 4 && words.get(0).equals("socket")) {
            return Optional.of(new Socket(
                    IpAddress.parse(words.get(1)), IpAddress.parse(words.get(2)), Integer.parseInt(words.get(3))));
        }
        return words.size() == 7 && words.get(0).equals("sound") ? sound(words) : Optional.empty();
    }

    private static Optional<HostQuestion> sound(List<String> words) {
        Optional<IpAddress> from =
                words.get(2).equals("-") ? Optional.empty() : Optional.of(IpAddress.parse(words.get(2)));
        EchoPath path = new EchoPath(
                from,
                IpAddress.parse(words.get(1)),
                Integer.parseInt(words.get(3)),
                Boolean.parseBoolean(words.get(4)));
        int size = Integer.parseInt(words.get(5));
        int millis = Integer.parseInt(words.get(6));
        boolean sound = size >= path.leastPacket() && size <= LARGEST_SIZE && millis >= 0 && millis <= MOST_MILLIS;
        return sound ? Optional.of(new Sound(path, size, millis)) : Optional.empty();
    }
}

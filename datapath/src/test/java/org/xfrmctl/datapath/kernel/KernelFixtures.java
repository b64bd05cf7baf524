package org.xfrmctl.datapath.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Messages captured from Linux 6.1, which the netlink module keeps, and the masking of what varies from run to run. */
final class KernelFixtures {
    private static final Path WIRE = Path.of("../netlink/src/test/resources/wire");
    /** The second at which the captured states were added. */
    static final long CAPTURED_AT = 1_795_434_691L;

    private KernelFixtures() {}

    /** The message of a {@code .hex} file. */
    static byte[] message(String name) {
        return parse(text(name));
    }

    /** The message of a {@code .txt} file under {@code ## heading}, if it has one. */
    static Optional<byte[]> message(String name, String heading) {
        String[] parts = text(name).split("## " + heading + "\n", 2);
        return parts.length < 2 ? Optional.empty() : Optional.of(parse(parts[1].split("##", 2)[0]));
    }

    /** The names that begin so, in order. */
    static List<String> names(String prefix) {
        try (var files = Files.list(WIRE)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The message under another type and other flags. */
    static byte[] as(int type, int flags, byte[] message) {
        byte[] copy = message.clone();
        buffer(copy).putShort(4, (short) type).putShort(6, (short) flags);
        return copy;
    }

    /** Hex with sequence number, port id and the addition time at {@code times} blanked, for comparison. */
    static String masked(byte[] message, int... times) {
        byte[] copy = message.clone();
        buffer(copy).putLong(8, 0);
        for (int time : times) {
            buffer(copy).putLong(time, 0);
        }
        return lines(copy);
    }

    /** Hex, 16 bytes to a line, so that a difference shows where it is. */
    static String lines(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += 16) {
            text.append(String.format("%04x ", at))
                    .append(HexFormat.ofDelimiter(" ").formatHex(bytes, at, Math.min(at + 16, bytes.length)))
                    .append('\n');
        }
        return text.toString();
    }

    static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] parse(String dump) {
        StringBuilder digits = new StringBuilder();
        dump.lines()
                .filter(line -> !line.startsWith("#") && line.length() > 4)
                .forEach(line -> digits.append(line.substring(4).replace(" ", "")));
        return HexFormat.of().parseHex(digits);
    }

    private static String text(String name) {
        try {
            return Files.readString(WIRE.resolve(name), StandardCharsets.US_ASCII);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

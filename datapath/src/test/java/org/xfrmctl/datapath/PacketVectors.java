package org.xfrmctl.datapath;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Packets captured before, within and behind one state of a real kernel (packet-vectors.txt). */
public record PacketVectors(Map<String, Vector> byName) {

    /** {@code plainIn} is what reached the gateway, before it counted down the TTL. */
    @SuppressWarnings("ArrayRecordComponent") // read-only test data
    public record Vector(byte[] plainIn, byte[] wire, byte[] plainOut) {}

    /** Those of one state, in the order of the file. */
    public static List<String> names() {
        return text().lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .filter(name -> !name.contains(" "))
                .toList();
    }

    public static PacketVectors load() {
        Map<String, Vector> vectors = new HashMap<>();
        for (String block : Pattern.compile("\n## ").split(text(), -1)) {
            byte[] in = field(block, "plain_in ");
            byte[] wire = field(block, "wire 0 ");
            byte[] out = field(block, "plain_out ");
            vectors.put(block.lines().findFirst().orElse(""), new Vector(in, wire, out));
        }
        return new PacketVectors(vectors);
    }

    public Vector get(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    private static byte[] field(String block, String label) {
        return block.lines()
                .filter(line -> line.startsWith(label))
                .map(line ->
                        HexFormat.of().parseHex(line.substring(label.length()).strip()))
                .findFirst()
                .orElse(new byte[0]);
    }

    private static String text() {
        try (InputStream in = PacketVectors.class.getResourceAsStream("packet-vectors.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

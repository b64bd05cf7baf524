package org.xfrmctl.netlink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.xfrmctl.netlink.message.NetlinkMessage;

/** Messages captured from Linux 6.1 on x86-64: hex dumps in {@code src/test/resources/wire}. */
public final class Fixtures {
    private Fixtures() {}

    /** The names of the fixtures that begin and end so. */
    public static List<String> names(String prefix, String suffix) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/wire"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix) && name.endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one message of a {@code .hex} file. */
    public static NetlinkMessage message(String name) {
        return one(parse(text(name)));
    }

    /** The message of a {@code .txt} file that stands under {@code ## heading}. */
    public static NetlinkMessage message(String name, String heading) {
        return one(parse(section(name, heading)));
    }

    /** The bytes of a {@code .txt} file under {@code ## heading}. */
    public static ByteBuffer bytes(String name, String heading) {
        return parse(section(name, heading));
    }

    public static boolean has(String name, String heading) {
        return text(name).contains("## " + heading + "\n");
    }

    /** What a {@code .txt} file has messages under. */
    static List<String> headings(String name) {
        return text(name)
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    /** The first line of a {@code .txt} file, which tells what was asked and answered. */
    public static String title(String name) {
        return text(name).lines().findFirst().orElseThrow();
    }

    private static String section(String name, String heading) {
        String text = text(name);
        int start = text.indexOf("## " + heading + "\n");
        if (start < 0) {
            throw new IllegalArgumentException(name + " has no " + heading);
        }
        String rest = text.substring(start + heading.length() + 4);
        int end = rest.indexOf("##");
        return end < 0 ? rest : rest.substring(0, end);
    }

    private static ByteBuffer parse(String dump) {
        StringBuilder digits = new StringBuilder();
        dump.lines()
                .filter(line -> !line.startsWith("#") && line.length() > 4)
                .forEach(line -> digits.append(line.substring(4).replace(" ", "")));
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static NetlinkMessage one(ByteBuffer bytes) {
        List<NetlinkMessage> messages = NetlinkMessage.split(bytes);
        if (messages.size() != 1) {
            throw new IllegalStateException(messages.size() + " messages");
        }
        return messages.get(0);
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream("/wire/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.xfrmctl.it.lifecycle;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xfrmctl.cli.Main;

/**
 * The definitions of both gateways: three children with plain options, but for what a step of the script changes. Each time
 * they are written the SAs are new ones, since a parameter of a state needs a new SPI.
 */
final class TwoEnds {
    /** Whose traffic runs through the gateways. */
    static final String NET = "net";
    /** What the gateways say to each other, in transport mode. */
    static final String GATE = "gate";
    /** No traffic of the flows is this child's. */
    static final String SPARE = "spare";

    private static final String SHARED = "shared";

    private final Path directory;
    private final Random random;
    private int generation;

    TwoEnds(Path directory, Random random) {
        this.directory = directory;
        this.random = random;
        secret(SHARED, 32);
    }

    Path directory() {
        return directory;
    }

    /** The definition of a or b. */
    Path file(String gateway) {
        return directory.resolve(gateway + ".yaml");
    }

    /** Writes both definitions, the base one but for {@code change}, with new SAs. */
    void write(OptionCase change) {
        write(change, ++generation);
    }

    /** Writes both definitions as last time, with the same SAs, but for {@code change}. */
    void rewrite(OptionCase change) {
        write(change, generation);
    }

    private void write(OptionCase change, int number) {
        Map<String, Map<String, String>> children = new TreeMap<>(Map.of(
                NET, child("10.1.0.0/24", "10.2.0.0/24", "tunnel"),
                GATE, child("dynamic[udp/7001]", "dynamic[udp/7001]", "transport"),
                SPARE, child("10.8.0.0/24", "10.9.0.0/24", "tunnel")));
        Map<String, String> home = new TreeMap<>(Map.of("local_addrs", "192.0.2.1", "remote_addrs", "192.0.2.2"));
        change.apply(home, children);
        StringBuilder text = new StringBuilder("connections:\n");
        Set<String> secrets = new TreeSet<>();
        // The addresses of gate are its traffic, so it has a connection of its own, whose addresses stay.
        connection(text, "home", home, children, secrets, number, NET, SPARE);
        connection(
                text,
                "ends",
                Map.of("local_addrs", "192.0.2.1", "remote_addrs", "192.0.2.2"),
                children,
                secrets,
                number,
                GATE);
        text.append("secrets:\n");
        secrets.forEach(name -> text.append("  %s: { file: %s.key }\n".formatted(name, name)));
        try {
            Files.writeString(file("a"), text);
            Files.writeString(file("b"), mirrored());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> child(String local, String remote, String mode) {
        return new LinkedHashMap<>(Map.of("local_ts", local, "remote_ts", remote, "mode", mode));
    }

    private void connection(
            StringBuilder text,
            String name,
            Map<String, String> options,
            Map<String, Map<String, String>> children,
            Set<String> secrets,
            int number,
            String... names) {
        text.append("  ").append(name).append(":\n");
        options.forEach((key, value) -> text.append("    %s: %s\n".formatted(key, value)));
        text.append("    children:\n");
        for (String child : names) {
            Map<String, String> own = children.get(child);
            if (own != null) {
                text.append("      ").append(child).append(":\n");
                own.forEach((key, value) -> text.append("        %s: \"%s\"\n"
                        .formatted(key, value)
                        .replace("\"{", "{")
                        .replace("}\"", "}")));
                secrets.addAll(keys(text, child, own, number));
            }
        }
    }

    private Set<String> keys(StringBuilder text, String child, Map<String, String> options, int number) {
        if (options.containsKey("keys")) {
            return Set.of(SHARED);
        }
        boolean compressed = "yes".equals(options.get("ipcomp"));
        Set<String> secrets = new TreeSet<>();
        text.append("        sas:\n");
        for (String direction : new String[] {"out", "in"}) {
            String secret = child + number + direction;
            int spi = 0x1000
                    + 8 * number
                    + 2 * (child.equals(NET) ? 0 : child.equals(GATE) ? 1 : 2)
                    + (direction.equals("out") ? 0 : 1);
            text.append("          %s: { spi: %d, %skey: %s }\n"
                    .formatted(direction, spi, compressed ? "cpi: " + spi + ", " : "", secret));
            secret(
                    secret,
                    options.containsKey("esp_proposals") ? OptionCase.OTHER_SUITE_BYTES : OptionCase.SUITE_BYTES);
            secrets.add(secret);
        }
        return secrets;
    }

    private void secret(String name, int bytes) {
        Path file = directory.resolve(name + ".key");
        if (Files.exists(file)) {
            return;
        }
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            hex.append("%02x".formatted(random.nextInt(256)));
        }
        try {
            Files.writeString(
                    Files.createFile(
                            file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                    hex.append('\n'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String mirrored() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine(() -> {
                    throw new IllegalStateException("mirror asks no kernel");
                })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("mirror", "-f", file("a").toString());
        if (status != 0) {
            throw new IllegalStateException("mirror ended with " + status + ": " + err);
        }
        return out.toString();
    }
}

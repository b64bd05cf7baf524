package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.Definition;

/** Tunnels from one gateway to many others, as a definition and as what {@code ip -batch} is told to make the same objects. */
record ManyConnections(Path directory, int count) {
    private static final String HERE = "192.0.2.1";
    private static final String NET = "172.16.0.0/16";
    private static final int FIRST = 0x10000;
    private static final int KEY_BYTES = 20;

    Path definition() {
        return directory.resolve("many.yaml");
    }

    Path batch() {
        return directory.resolve("many.batch");
    }

    /** Writes both, and the keys. They are no secrets. */
    void write() throws IOException {
        StringBuilder connections = new StringBuilder("connections:\n");
        StringBuilder secrets = new StringBuilder("secrets:\n");
        StringBuilder batch = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            String there = address(198, 18, i);
            String net = address(10, 1, i) + "/32";
            connections
                    .append("  c%d:\n    local_addrs: %s\n    remote_addrs: %s\n    children:\n"
                            .formatted(i, HERE, there))
                    .append("      n: { local_ts: %s, remote_ts: %s, sas: { ".formatted(NET, net))
                    .append("out: { spi: %d, key: o%d }, in: { spi: %d, key: i%d } } }\n"
                            .formatted(FIRST + i, i, FIRST + i, i));
            batch.append(state(HERE, there, i, key(secrets, "o" + i, random)))
                    .append(state(there, HERE, i, key(secrets, "i" + i, random)))
                    .append(policy(NET, net, "out", HERE, there, i))
                    .append(policy(net, NET, "in", there, HERE, i))
                    .append(policy(net, NET, "fwd", there, HERE, i));
        }
        Files.writeString(definition(), connections.append(secrets));
        Files.writeString(batch(), batch);
    }

    /** Removes the directory with all that is in it. */
    void delete() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Two bytes behind a beginning. */
    private static String address(int first, int second, int number) {
        return first + "." + second + "." + number / 250 + "." + (1 + number % 250);
    }

    private String key(StringBuilder secrets, String name, Random random) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        String hex = HexFormat.of().formatHex(key);
        Path file = Files.createFile(
                directory.resolve(name + ".key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, hex);
        secrets.append("  %s: { file: %s.key }\n".formatted(name, name));
        return hex;
    }

    private static String state(String from, String to, int number, String key) {
        return "xfrm state add src %s dst %s proto esp spi %d reqid %d mode tunnel replay-window 32 aead rfc4106(gcm(aes)) 0x%s 128\n"
                .formatted(from, to, FIRST + number, number + 1, key);
    }

    private static String policy(
            String from, String to, String direction, String source, String destination, int number) {
        return "xfrm policy add src %s dst %s dir %s priority 1000 tmpl src %s dst %s proto esp reqid %d mode tunnel\n"
                .formatted(from, to, direction, source, destination, number + 1);
    }

    /** For whoever does not read files. */
    static Map<String, Key> keys(Definition definition) {
        Map<String, Key> keys = new HashMap<>();
        definition.secrets().keySet().forEach(name -> {
            byte[] key = new byte[KEY_BYTES];
            new Random(name.hashCode()).nextBytes(key);
            keys.put(name, Key.of(key));
        });
        return keys;
    }
}

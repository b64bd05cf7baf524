package org.xfrmctl.cli.daemon;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.datapath.host.rules.PacketRule;
import org.xfrmctl.datapath.host.rules.PacketRules;

/**
 * Asks for a change of the rules of the daemon's host, or for what there is: the only datagram of its connection, beside the
 * answer. Both are lines of text behind a number that says what they are.
 */
sealed interface RulesRequest {
    int MAGIC = 0x78667266;

    String INSTALL = "install ";
    String REMOVE = "remove ";

    /** Puts these in place of what their owners have, all at once. */
    record Install(Map<String, List<PacketRule>> owners) implements RulesRequest {
        public Install {
            owners = Collections.unmodifiableMap(new LinkedHashMap<>(owners));
        }

        @Override
        public List<String> lines() {
            return print(owners);
        }

        @Override
        public List<String> answer(PacketRules host) {
            host.install(owners);
            return List.of();
        }
    }

    /** Removes what these owners have. */
    record Remove(List<String> owners) implements RulesRequest {
        public Remove {
            owners = List.copyOf(owners);
        }

        @Override
        public List<String> lines() {
            return owners.stream().map(REMOVE::concat).toList();
        }

        @Override
        public List<String> answer(PacketRules host) {
            host.remove(owners);
            return List.of();
        }
    }

    /** Asks for all of them. */
    record ListAll() implements RulesRequest {
        @Override
        public List<String> lines() {
            return List.of("list");
        }

        @Override
        public List<String> answer(PacketRules host) {
            return print(host.installed());
        }
    }

    List<String> lines();

    /** Does it. */
    List<String> answer(PacketRules host);

    private static List<String> print(Map<String, List<PacketRule>> owners) {
        List<String> lines = new ArrayList<>();
        owners.forEach((owner, rules) -> {
            lines.add(INSTALL + owner);
            rules.forEach(rule -> lines.add(RuleLine.print(rule)));
        });
        return lines;
    }

    default ByteBuffer bytes() {
        return bytes(lines());
    }

    /** Lines behind the number; never empty, for that would be the end of a connection. */
    static ByteBuffer bytes(List<String> lines) {
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + text.length)
                .order(nativeOrder())
                .putInt(MAGIC)
                .put(text)
                .flip();
    }

    /** The lines of a request or an answer; empty if it is nothing of the kind. */
    static Optional<List<String>> lines(ByteBuffer datagram) {
        if (datagram.remaining() < Integer.BYTES || datagram.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        byte[] text = new byte[datagram.remaining() - Integer.BYTES];
        datagram.get(Integer.BYTES, text);
        return Optional.of(new String(text, StandardCharsets.UTF_8).lines().toList());
    }

    /** Empty if it is nothing of the kind, or makes no sense. */
    static Optional<RulesRequest> read(ByteBuffer datagram) {
        return lines(datagram).filter(lines -> !lines.isEmpty()).flatMap(RulesRequest::read);
    }

    private static Optional<RulesRequest> read(List<String> lines) {
        if (lines.equals(List.of("list"))) {
            return Optional.of(new ListAll());
        }
        try {
            return Optional.of(
                    lines.get(0).startsWith(REMOVE)
                            ? new Remove(lines.stream()
                                    .map(line -> owner(REMOVE, line))
                                    .toList())
                            : new Install(installed(lines)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String owner(String verb, String line) {
        if (!line.matches(verb + "[^/ ]+/[^/ ]+")) {
            throw new IllegalArgumentException(line);
        }
        return line.substring(verb.length());
    }

    /**
     * What {@link Install} asks for, and an answer to {@link ListAll} says.
     *
     * @throws IllegalArgumentException if a line is neither a rule nor names an owner, or names one once more
     */
    static Map<String, List<PacketRule>> installed(List<String> lines) {
        Map<String, List<PacketRule>> installed = new LinkedHashMap<>();
        Optional<List<PacketRule>> rules = Optional.empty();
        for (String line : lines) {
            if (line.startsWith(INSTALL)) {
                rules = Optional.of(new ArrayList<>());
                if (installed.put(owner(INSTALL, line), rules.get()) != null) {
                    throw new IllegalArgumentException(line);
                }
            } else {
                rules.orElseThrow(() -> new IllegalArgumentException(line)).add(RuleLine.read(line));
            }
        }
        return installed;
    }
}

package org.xfrmctl.cli.daemon;

import static java.nio.ByteOrder.nativeOrder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.datapath.host.rules.PacketRule;
import org.xfrmctl.datapath.host.rules.PacketRules;

/**
 * Asks for a change of the rules of the daemon's host, or for what there is: the only datagram of its connection, beside the
 * answer. Both are lines of text behind a number that says what they are.
 */
sealed interface RulesRequest {
    int MAGIC = 0x78667266;

    /** Puts these in place of what an owner has. */
    record Install(String owner, List<PacketRule> rules) implements RulesRequest {
        public Install {
            rules = List.copyOf(rules);
        }

        @Override
        public List<String> lines() {
            return concat("install " + owner, rules);
        }

        @Override
        public List<String> answer(PacketRules host) {
            host.install(owner, rules);
            return List.of();
        }
    }

    /** Removes what an owner has. */
    record Remove(String owner) implements RulesRequest {
        @Override
        public List<String> lines() {
            return List.of("remove " + owner);
        }

        @Override
        public List<String> answer(PacketRules host) {
            host.remove(owner);
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
            return host.installed().entrySet().stream()
                    .flatMap(entry -> concat("install " + entry.getKey(), entry.getValue()).stream())
                    .toList();
        }
    }

    List<String> lines();

    /** Does it. */
    List<String> answer(PacketRules host);

    private static List<String> concat(String head, List<PacketRule> rules) {
        return Stream.concat(Stream.of(head), rules.stream().map(RuleLine::print))
                .toList();
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
        List<String> head = Arrays.asList(lines.get(0).split(" ", -1));
        if (lines.size() == 1 && head.equals(List.of("list"))) {
            return Optional.of(new ListAll());
        }
        if (head.size() != 2 || !head.get(1).matches("[^/]+/[^/]+")) {
            return Optional.empty();
        }
        if (lines.size() == 1 && head.get(0).equals("remove")) {
            return Optional.of(new Remove(head.get(1)));
        }
        try {
            return head.get(0).equals("install")
                    ? Optional.of(new Install(
                            head.get(1),
                            lines.stream().skip(1).map(RuleLine::read).toList()))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** What an answer to {@link ListAll} says. */
    static Map<String, List<PacketRule>> installed(List<String> lines) {
        Map<String, List<PacketRule>> installed = new LinkedHashMap<>();
        String owner = "";
        for (String line : lines) {
            if (line.startsWith("install ")) {
                owner = line.substring("install ".length());
                installed.put(owner, List.of());
            } else {
                String named = owner;
                PacketRule rule = RuleLine.read(line);
                installed.computeIfPresent(
                        named,
                        (key, rules) ->
                                Stream.concat(rules.stream(), Stream.of(rule)).toList());
            }
        }
        return installed;
    }
}

package org.xfrmctl.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.doctor.Firewall;

/**
 * Reads {@code nft -j list ruleset} (libnftables-json(5)): base chains with their rules, those of chains that they jump to
 * among them. What a rule asks for beside protocols and UDP ports is noticed and not understood.
 */
public final class NftRules {
    /** As the kernel has it ({@code NFT_JUMP_STACK_SIZE}). */
    private static final int DEEPEST = 16;

    private final Map<String, List<JsonNode>> rules = new LinkedHashMap<>();

    private NftRules() {}

    /** Empty if it is no JSON: an nft without it prints its usage. */
    static Optional<Firewall> read(String json) {
        try {
            return Optional.of(read(new ObjectMapper().readTree(json)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    public static Firewall read(JsonNode ruleset) {
        NftRules all = new NftRules();
        List<JsonNode> bases = new ArrayList<>();
        for (JsonNode object : ruleset.path("nftables")) {
            if (object.path("chain").has("hook")) {
                bases.add(object.path("chain"));
            }
            JsonNode rule = object.path("rule");
            if (!rule.isMissingNode()) {
                all.rules
                        .computeIfAbsent(chain(rule, rule.path("chain").asText()), each -> new ArrayList<>())
                        .add(rule);
            }
        }
        return new Firewall(bases.stream().map(all::chain).toList());
    }

    private static String chain(JsonNode object, String name) {
        return object.path("family").asText() + " " + object.path("table").asText() + " " + name;
    }

    private Firewall.Chain chain(JsonNode base) {
        String name = chain(base, base.path("name").asText());
        List<Firewall.Entry> entries = new ArrayList<>();
        collect(name, entries, new HashSet<>());
        return new Firewall.Chain(
                base.path("family").asText(),
                name,
                base.path("hook").asText(),
                base.path("policy").asText("accept").equals("drop"),
                entries);
    }

    private void collect(String chain, List<Firewall.Entry> into, Set<String> above) {
        if (above.size() == DEEPEST || !above.add(chain)) {
            return;
        }
        for (JsonNode rule : rules.getOrDefault(chain, List.of())) {
            Conditions conditions = new Conditions(rule.path("expr"));
            into.add(conditions.entry(chain, rule));
            conditions
                    .jump
                    .filter(target -> conditions.isFree())
                    .ifPresent(target -> collect(chain(rule, target), into, above));
        }
        above.remove(chain);
    }

    /** What a rule asks for. */
    private static final class Conditions {
        private static final Map<String, Integer> NUMBERS = Map.ofEntries(
                Map.entry("esp", 50),
                Map.entry("ah", 51),
                Map.entry("ipcomp", 108),
                Map.entry("comp", 108),
                Map.entry("ipencap", 4),
                Map.entry("ipip", 4),
                Map.entry("ipv6", 41),
                Map.entry("udp", 17),
                Map.entry("tcp", 6),
                Map.entry("icmp", 1),
                Map.entry("icmpv6", 58),
                Map.entry("ipv6-icmp", 58),
                Map.entry("gre", 47),
                Map.entry("sctp", 132));

        private static final int UDP = 17;
        private static final int TCP = 6;
        private static final int ICMP = 1;
        private static final int ICMPV6 = 58;
        /** Of a rule about something else. */
        private static final int NOBODY = -1;

        private final List<Integer> about = new ArrayList<>();
        private final List<Integer> ports = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private Firewall.Condition condition = Firewall.Condition.NONE;
        private boolean related;
        private Optional<Boolean> decrypted = Optional.empty();
        private Optional<String> jump = Optional.empty();
        private Firewall.Verdict verdict = Firewall.Verdict.ELSE;

        Conditions(JsonNode expressions) {
            for (JsonNode expression : expressions) {
                expression.properties().forEach(field -> statement(field.getKey(), field.getValue()));
            }
        }

        boolean isFree() {
            return about.isEmpty() && ports.isEmpty() && decrypted.isEmpty() && condition == Firewall.Condition.NONE;
        }

        Firewall.Entry entry(String chain, JsonNode rule) {
            // Where a jump under a condition leads is not followed.
            boolean unknown = jump.isPresent() && !isFree() && condition == Firewall.Condition.NONE;
            return new Firewall.Entry(
                    chain,
                    rule.path("handle").asLong(),
                    String.join(" ", words),
                    verdict,
                    about,
                    ports,
                    decrypted,
                    related,
                    unknown ? Firewall.Condition.UNKNOWN : condition);
        }

        private void statement(String name, JsonNode value) {
            switch (name) {
                case "match" -> match(value);
                case "accept" -> end(Firewall.Verdict.ACCEPT, name);
                case "drop", "reject" -> end(Firewall.Verdict.DROP, name);
                case "return" -> end(Firewall.Verdict.RETURN, name);
                case "jump", "goto" -> {
                    jump = Optional.of(value.path("target").asText());
                    words.add(name + " " + value.path("target").asText());
                }
                case "counter", "log" -> {}
                case "limit", "vmap", "queue", "xt" -> {
                    condition = Firewall.Condition.UNKNOWN;
                    words.add(name);
                }
                default -> words.add(name);
            }
        }

        private void end(Firewall.Verdict end, String word) {
            verdict = end;
            words.add(word);
        }

        private void match(JsonNode match) {
            JsonNode left = match.path("left");
            JsonNode right = match.path("right");
            String what = name(left);
            String operator = match.path("op").asText();
            boolean equal = operator.equals("==") || operator.equals("in");
            words.add(what + (equal ? " " : " " + operator + " ") + text(right));
            if (!equal) {
                condition = Firewall.Condition.UNKNOWN;
                return;
            }
            switch (what) {
                case "ip protocol", "ip6 nexthdr", "meta l4proto" -> numbers(right, about);
                case "udp dport", "th dport" -> {
                    if (what.startsWith("udp")) {
                        about.add(UDP);
                    }
                    numbers(right, ports);
                }
                case "icmp type" -> about.add(has(right, "destination-unreachable", "3") ? ICMP : NOBODY);
                case "icmp code" -> {
                    if (!has(right, "frag-needed", "4")) {
                        about.clear();
                        about.add(NOBODY);
                    }
                }
                case "icmpv6 type" -> about.add(has(right, "packet-too-big", "2") ? ICMPV6 : NOBODY);
                case "meta ipsec" -> decrypted = Optional.of(right.asBoolean());
                case "ipsec" -> decrypted = Optional.of(true);
                case "ct state" -> {
                    related = has(right, "related", "related");
                    condition = has(right, "new", "untracked") ? Firewall.Condition.UNKNOWN : Firewall.Condition.NEVER;
                }
                case "meta iif", "meta iifname" ->
                    condition = right.asText().equals("lo") ? Firewall.Condition.NEVER : Firewall.Condition.UNKNOWN;
                default -> {
                    if (what.startsWith("tcp ")) {
                        about.add(TCP);
                    }
                    condition = Firewall.Condition.UNKNOWN;
                }
            }
        }

        private static String name(JsonNode left) {
            if (left.has("payload")) {
                return left.path("payload").path("protocol").asText() + " "
                        + left.path("payload").path("field").asText();
            }
            if (left.has("meta")) {
                return "meta " + left.path("meta").path("key").asText();
            }
            if (left.has("ct")) {
                return "ct " + left.path("ct").path("key").asText();
            }
            return left.fieldNames().hasNext() ? left.fieldNames().next() : left.asText();
        }

        /** One value, or those of a set; a range or a named set is a condition that is not understood. */
        private void numbers(JsonNode right, List<Integer> into) {
            for (JsonNode each : right.has("set") ? right.path("set") : List.of(right)) {
                Integer number = each.isInt() ? Integer.valueOf(each.asInt()) : NUMBERS.get(each.asText());
                if (number == null) {
                    condition = Firewall.Condition.UNKNOWN;
                } else {
                    into.add(number);
                }
            }
        }

        private static boolean has(JsonNode right, String name, String number) {
            for (JsonNode each : right.has("set") ? right.path("set") : List.of(right)) {
                if (each.asText().equals(name) || each.asText().equals(number)) {
                    return true;
                }
            }
            return false;
        }

        private static String text(JsonNode right) {
            if (!right.has("set")) {
                return right.isValueNode() ? right.asText() : right.toString();
            }
            List<String> each = new ArrayList<>();
            right.path("set").forEach(value -> each.add(value.isValueNode() ? value.asText() : value.toString()));
            return "{ " + String.join(", ", each) + " }";
        }
    }
}

package org.xfrmctl.manager.migrate.swanctl;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xfrmctl.manager.migrate.draft.Draft;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.ForeignSelectors;
import org.xfrmctl.manager.migrate.draft.Lifetimes;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.migrate.draft.Suites;

/** One child of swanctl.conf. */
final class SwanctlChild {
    /** What strongSwan's default proposals have first of what protects and authenticates in one. */
    private static final String DEFAULT_SUITE = "aes128gcm16";

    private static final List<String> YES = List.of("yes", "true", "enabled", "1");
    private static final List<String> NO = List.of("no", "false", "disabled", "0");
    private static final String ALL_OF_IT = "all of this child was left out";

    private final ConfView section;
    private final Origin origin;
    private final Findings findings;

    SwanctlChild(ConfView section, Origin origin, Findings findings) {
        this.section = section;
        this.origin = origin;
        this.findings = findings;
    }

    /** Whether it can be a child of a definition; tells why not. */
    boolean isProtecting() {
        String mode = value("mode").orElse("tunnel").toLowerCase(Locale.ROOT);
        switch (mode) {
            case "pass", "drop" -> {
                findings.add(
                        at("mode"),
                        "it is no tunnel, but a policy that lets traffic pass or drops it",
                        ALL_OF_IT + "; \"xfrmctl policy add\" makes such a policy");
                return false;
            }
            case "beet", "iptfs", "transport_proxy" -> {
                findings.add(at("mode"), "definitions have tunnel and transport mode", ALL_OF_IT);
                return false;
            }
            default -> {
                // The reader of definitions judges it.
            }
        }
        if (value("ah_proposals").isPresent()) {
            findings.add(at("ah_proposals"), "definitions have no AH yet", ALL_OF_IT);
            return false;
        }
        if (value("policies")
                .filter(text -> NO.contains(text.toLowerCase(Locale.ROOT)))
                .isPresent()) {
            findings.add(at("policies"), "a child has its policies always", ALL_OF_IT);
            return false;
        }
        for (String key : List.of("mark_in", "mark_out", "if_id_in", "if_id_out")) {
            if (value(key).filter(text -> text.startsWith("%unique")).isPresent()) {
                findings.add(at(key), "it is another number for every SA", ALL_OF_IT + "; write a number of your own");
                return false;
            }
        }
        return true;
    }

    /** {@code connection} says what its children have that say nothing themselves. */
    void read(Draft.Entry child, ConfView connection) {
        selectors("local_ts", child);
        selectors("remote_ts", child);
        for (String key : section.keys()) {
            String value = value(key).orElseThrow();
            if (SwanctlOptions.CHILD.isTaken(key, value, at(key), findings)) {
                take(key, value, child);
            }
        }
        for (String key : List.of("if_id_in", "if_id_out")) {
            Optional<String> value = connection.value(key).map(ConfSection.Value::text);
            if (value.isPresent() && !child.has(key) && !value.get().equals("0")) {
                child.put(key, value.get(), origin.below(key));
            }
        }
        if (!child.has("esp_proposals")) {
            Suites.putDefault(DEFAULT_SUITE, child, findings);
        }
        section.sections()
                .forEach(name -> findings.add(origin.below(name), "a child has no sections", "see where it belongs"));
        new Lifetimes(this::value, this::at, child).put();
    }

    private void selectors(String key, Draft.Entry child) {
        String text = value(key).orElse("dynamic");
        child.put(
                key,
                Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .map(ForeignSelectors::ofSwanctl)
                        .toList(),
                at(key));
    }

    private void take(String key, String value, Draft.Entry child) {
        switch (key) {
            case "local_ts", "remote_ts", "ah_proposals", "policies" -> {
                // Read beforehand.
            }
            case "rekey_time", "life_time", "rekey_bytes", "life_bytes", "rekey_packets", "life_packets" -> {
                // Read together, for one says the other's default.
            }
            case "esp_proposals" -> {
                if (!value.equals("default")) {
                    Suites.put(value, child, at(key), findings);
                }
            }
            case "start_action" -> child.put(key, startAction(value), at(key));
            case "priority", "reqid", "if_id_in", "if_id_out", "tfc_padding" -> {
                if (!value.equals("0")) {
                    child.put(key, value, at(key));
                }
            }
            case "set_mark_in", "set_mark_out" -> child.put(key, same(value, key.substring("set_".length())), at(key));
            case "ipcomp", "copy_df", "copy_ecn", "copy_dscp", "policies_fwd_out" ->
                child.put(key, flag(value), at(key));
            default -> child.put(key, value.toLowerCase(Locale.ROOT), at(key));
        }
    }

    private static String startAction(String value) {
        List<String> actions = List.of(value.toLowerCase(Locale.ROOT).split("[|,\\s]+"));
        return actions.contains("start") ? "start" : actions.contains("route") ? "trap" : actions.get(0);
    }

    /** The value of the mark, but not its mask. */
    private String same(String value, String mark) {
        if (!value.startsWith("%same")) {
            return value;
        }
        String number = value(mark).orElse("0").split("/", -1)[0];
        return number + value.substring("%same".length());
    }

    private static String flag(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        return YES.contains(word) ? "yes" : NO.contains(word) ? "no" : word;
    }

    private Optional<String> value(String key) {
        return section.value(key).map(ConfSection.Value::text);
    }

    private Origin at(String key) {
        return section.value(key)
                .map(value -> new Origin(value.place(), origin.name() + "." + key))
                .orElse(origin.below(key));
    }
}

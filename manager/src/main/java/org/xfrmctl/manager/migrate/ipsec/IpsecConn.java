package org.xfrmctl.manager.migrate.ipsec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.manager.migrate.draft.Amounts;
import org.xfrmctl.manager.migrate.draft.Draft;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.ForeignSelectors;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.migrate.draft.Side;
import org.xfrmctl.manager.migrate.draft.Suites;

/** One conn of ipsec.conf with all that it has from others. */
final class IpsecConn {
    private static final String ALL_OF_IT = "all of this conn was left out";

    private final Dialect dialect;
    private final Side local;
    private final Map<String, IpsecSection.Value> values;
    private final Origin origin;
    private final Findings findings;

    IpsecConn(Dialect dialect, Side local, Map<String, IpsecSection.Value> values, Origin origin, Findings findings) {
        this.dialect = dialect;
        this.local = local;
        this.values = values;
        this.origin = origin;
        this.findings = findings;
    }

    /** What a key is set to, if the daemon knows it; of others it is told that they are unknown. */
    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key))
                .filter(any -> dialect.options().find(IpsecOptions.nameOf(key)).isPresent())
                .map(IpsecSection.Value::text)
                .filter(text -> !text.isEmpty());
    }

    /** The first of some keys that is set. */
    private Optional<String> key(String... keys) {
        return Arrays.stream(keys).filter(key -> value(key).isPresent()).findFirst();
    }

    Origin at(String key) {
        return Optional.ofNullable(values.get(key))
                .map(value -> new Origin(value.place(), origin.name() + "." + key))
                .orElse(origin.below(key));
    }

    private boolean is(String key, String word) {
        return value(key).filter(word::equalsIgnoreCase).isPresent();
    }

    /** What a flag says; what the daemon does without it, and that is told, if it is no word for yes or no. */
    boolean flag(String key, boolean without) {
        Optional<String> text = value(key);
        if (text.filter(dialect::isYes).isPresent()) {
            return true;
        }
        if (text.filter(dialect::isNo).isPresent()) {
            return false;
        }
        text.ifPresent(any -> findings.add(
                at(key),
                "it is neither yes nor no",
                (without ? "yes" : "no") + " was taken, as if it were not written"));
        return without;
    }

    /** Whether the daemon loads it. */
    boolean isLoaded() {
        return value("auto").filter(text -> !text.equals("ignore")).isPresent();
    }

    /** Whether it can be a child; tells why not. */
    boolean isProtecting() {
        String type = value("type").orElse("tunnel").toLowerCase(Locale.ROOT);
        if (!type.equals("tunnel") && !type.equals("transport")) {
            boolean shunt = List.of("passthrough", "pass", "drop", "reject").contains(type);
            findings.add(
                    at("type"),
                    shunt
                            ? "it is no tunnel, but a policy that lets traffic pass or drops it"
                            : "definitions have tunnel and transport mode",
                    shunt ? ALL_OF_IT + "; \"xfrmctl policy add\" makes such a policy" : ALL_OF_IT);
            return false;
        }
        if (value("ah").isPresent() || is("phase2", "ah")) {
            findings.add(at(value("ah").isPresent() ? "ah" : "phase2"), "definitions have no AH yet", ALL_OF_IT);
            return false;
        }
        if (flag("iptfs", false)) {
            findings.add(at("iptfs"), "definitions have tunnel and transport mode", ALL_OF_IT);
            return false;
        }
        if (!flag("installpolicy", true)) {
            findings.add(at("installpolicy"), "a child has its policies always", ALL_OF_IT);
            return false;
        }
        Optional<String> unique = Stream.of("mark", "mark_in", "mark_out", "mark-in", "mark-out")
                .filter(key -> value(key)
                        .filter(text -> text.startsWith("%") || text.startsWith("-1"))
                        .isPresent())
                .findFirst();
        unique.ifPresent(key ->
                findings.add(at(key), "it is another number for every SA", ALL_OF_IT + "; write a number of your own"));
        return unique.isEmpty();
    }

    void read(Draft.Entry child, Draft draft) {
        for (String key : values.keySet()) {
            // What is taken over is read below, in the order of a definition.
            dialect.options().isTaken(IpsecOptions.nameOf(key), value(key).orElse(""), at(key), findings);
        }
        child.put("local_ts", selectors(local), at(local + "subnet"));
        child.put("remote_ts", selectors(local.other()), at(local.other() + "subnet"));
        value("type").ifPresent(type -> child.put("mode", type.toLowerCase(Locale.ROOT), at("type")));
        if (flag("compress", false)) {
            child.put("ipcomp", "yes", at("compress"));
        }
        key("esp", "phase2alg")
                .ifPresentOrElse(
                        key -> Suites.put(value(key).orElseThrow(), child, at(key), findings),
                        () -> Suites.putDefault(dialect.suite(), child, findings));
        startAction(child);
        numbers(child);
        marks(child);
        headers(child);
        new IpsecLifetime(this, dialect).put(child);
        new IpsecInterface(this, local).put(child, draft);
    }

    private List<String> selectors(Side side) {
        Optional<String> written =
                key(side + "subnets", side + "subnet", side + "subnetwithin").flatMap(this::value);
        Optional<String> protoport = value(side + "protoport");
        return Arrays.stream(written.orElse("dynamic").split("[,\\s]+", -1))
                .filter(each -> !each.isEmpty())
                .map(each -> dialect == Dialect.LIBRESWAN
                        ? ForeignSelectors.ofLibreswan(each)
                        : ForeignSelectors.ofSwanctl(each))
                .map(each -> protoport
                        .filter(any -> !each.contains("["))
                        .map(both -> restricted(each, both))
                        .orElse(each))
                .toList();
    }

    private static String restricted(String subnet, String protoport) {
        String[] parts = protoport.split("/", 2);
        return ForeignSelectors.of(subnet, parts[0], parts.length == 2 ? parts[1] : "");
    }

    private void startAction(Draft.Entry child) {
        String auto = value("auto").orElse("add").toLowerCase(Locale.ROOT);
        switch (auto) {
            case "start", "up" -> child.put("start_action", "start", at("auto"));
            case "route", "ondemand" -> child.put("start_action", "trap", at("auto"));
            case "add", "keep" -> {
                // By hand only, as without the option.
            }
            default ->
                findings.add(
                        at("auto"), "it is none of add, route, ondemand, start, up, keep", "start_action was left out");
        }
    }

    private void numbers(Draft.Entry child) {
        String window = key("replay_window", "replay-window").orElse("replay_window");
        String packets = value(window).orElse(Integer.toString(dialect.replayWindow()));
        child.put("replay_window", packets.equals("-1") ? "32" : packets, at(window));
        for (String key : List.of("reqid", "priority", "mtu")) {
            value(key).filter(text -> !text.equals("0")).ifPresent(text -> child.put(key, text, at(key)));
        }
        value("tfc")
                .filter(text -> !text.equals("0") && !text.equalsIgnoreCase("no"))
                .ifPresent(text -> child.put("tfc_padding", text.replace("%", ""), at("tfc")));
    }

    private void marks(Draft.Entry child) {
        for (String direction : List.of("in", "out")) {
            key("mark_" + direction, "mark-" + direction, "mark")
                    .ifPresent(key -> child.put("mark_" + direction, value(key).orElseThrow(), at(key)));
        }
    }

    private void headers(Draft.Entry child) {
        if (flag("nopmtudisc", false)) {
            child.put("copy_df", "no", at("nopmtudisc"));
        }
        boolean in = flag("decap-dscp", false);
        boolean out = flag("encap-dscp", true);
        if (in || !out) {
            child.put("copy_dscp", in ? (out ? "yes" : "in") : "no", at(in ? "decap-dscp" : "encap-dscp"));
        }
    }

    /** A time as seconds, or an amount in the units of 1024. */
    Optional<Long> amount(String key, boolean time) {
        return value(key).flatMap(text -> Amounts.parse(text, time));
    }

    /** The same of a margin, of which it is told if it is none. */
    Optional<Long> margin(String key, boolean time) {
        Optional<Long> amount = amount(key, time);
        if (amount.isEmpty() && value(key).isPresent()) {
            findings.add(
                    at(key),
                    time ? "it is no time, which is a number and s, m, h or d" : "it is no amount, which is a number",
                    "the daemon's default was taken");
        }
        return amount;
    }
}

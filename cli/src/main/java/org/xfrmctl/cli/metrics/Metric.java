package org.xfrmctl.cli.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * All that can be told, in the order in which it is told. Names follow Prometheus' conventions: base units, {@code _total} for
 * what only rises, points in time instead of ages.
 */
// The lists are List.of(…), which the checker cannot see from the type.
@SuppressWarnings("ImmutableEnumChecker")
public enum Metric {
    UP("xfrmctl_up", Type.GAUGE, "Whether the kernel and the definition could be read for this scrape."),
    BUILD_INFO(
            "xfrmctl_build_info",
            Type.GAUGE,
            "Always 1: the version, and the command that runs.",
            "version",
            "command"),
    SCRAPE_DURATION(
            "xfrmctl_scrape_duration_seconds", Type.GAUGE, "How long it took to read the kernel for this scrape."),

    CONDITION(
            "xfrmctl_child_condition",
            Type.GAUGE,
            "1 for the condition that a defined child is in, 0 for the others.",
            Label.CONNECTION,
            Label.CHILD,
            "condition"),
    WANTED_UP(
            "xfrmctl_child_wanted_up",
            Type.GAUGE,
            "Whether a defined child is to be up: by the last run for it, or because the watch begins with it.",
            Label.CONNECTION,
            Label.CHILD),
    POLICIES(
            "xfrmctl_child_policies",
            Type.GAUGE,
            "Policies of a defined child that are in the kernel.",
            Label.CONNECTION,
            Label.CHILD,
            Label.DIRECTION),
    CHILD_BYTES(
            "xfrmctl_child_bytes_total",
            Type.COUNTER,
            "Bytes that the states of a child have counted since this process began, whatever their keys.",
            Label.CONNECTION,
            Label.CHILD,
            Label.DIRECTION,
            Label.PROTOCOL),
    CHILD_PACKETS(
            "xfrmctl_child_packets_total",
            Type.COUNTER,
            "Packets that the states of a child have counted since this process began.",
            Label.CONNECTION,
            Label.CHILD,
            Label.DIRECTION,
            Label.PROTOCOL),
    CHILD_REFUSED(
            "xfrmctl_child_refused_packets_total",
            Type.COUNTER,
            "Packets that the states of a child have refused since this process began.",
            Label.CONNECTION,
            Label.CHILD,
            Label.DIRECTION,
            Label.PROTOCOL,
            Label.REASON),

    STATE_BYTES("xfrmctl_state_bytes_total", Type.COUNTER, "Bytes that a state has counted.", Label.STATE),
    STATE_PACKETS("xfrmctl_state_packets_total", Type.COUNTER, "Packets that a state has counted.", Label.STATE),
    STATE_REFUSED(
            "xfrmctl_state_refused_packets_total",
            Type.COUNTER,
            "Packets that a state has refused.",
            Label.and(Label.STATE, Label.REASON)),
    STATE_ADDED("xfrmctl_state_added_timestamp_seconds", Type.GAUGE, "When a state was added, Unix time.", Label.STATE),
    STATE_FIRST_USE(
            "xfrmctl_state_first_use_timestamp_seconds",
            Type.GAUGE,
            "When the first packet went through a state; absent before that.",
            Label.STATE),
    STATE_LAST_USE(
            "xfrmctl_state_last_use_timestamp_seconds",
            Type.GAUGE,
            "When the last packet went through a state, where the kernel tells.",
            Label.STATE),
    STATE_EXPIRY(
            "xfrmctl_state_expiry_timestamp_seconds",
            Type.GAUGE,
            "When a limit on the time of a state is reached; absent without one.",
            Label.and(Label.STATE, Label.LIMIT)),
    STATE_LIMIT_BYTES(
            "xfrmctl_state_limit_bytes",
            Type.GAUGE,
            "How many bytes a state may count; absent without a limit.",
            Label.and(Label.STATE, Label.LIMIT)),
    STATE_LIMIT_PACKETS(
            "xfrmctl_state_limit_packets",
            Type.GAUGE,
            "How many packets a state may count; absent without a limit.",
            Label.and(Label.STATE, Label.LIMIT)),
    SEQUENCE_USED(
            "xfrmctl_state_sequence_numbers_used",
            Type.GAUGE,
            "Sequence numbers of an ESP or AH state that are used.",
            Label.STATE),
    SEQUENCE_LEFT(
            "xfrmctl_state_sequence_numbers_left",
            Type.GAUGE,
            "Sequence numbers that are left until a state passes nothing more.",
            Label.STATE),

    FOREIGN_STATES(
            "xfrmctl_foreign_states",
            Type.GAUGE,
            "States in the kernel that belong to no defined child.",
            Label.PROTOCOL),
    FOREIGN_POLICIES(
            "xfrmctl_foreign_policies",
            Type.GAUGE,
            "Policies in the kernel that belong to no defined child.",
            Label.DIRECTION),
    FOREIGN_LEFT_OUT(
            "xfrmctl_foreign_children_left_out",
            Type.GAUGE,
            "Flows that belong to no defined child and are not told of one by one, for there are too many."),

    XFRM_STAT(
            "xfrmctl_xfrm_stat_total",
            Type.COUNTER,
            "Counters of /proc/net/xfrm_stat: why packets were dropped, since the kernel or namespace began.",
            "counter"),

    LAST_LOOK(
            "xfrmctl_watch_last_look_timestamp_seconds",
            Type.GAUGE,
            "When the watch last knew that it had seen all there was to see."),
    DEFINITION_GOOD(
            "xfrmctl_watch_definition_good",
            Type.GAUGE,
            "Whether the definition's files could be understood; if not, the last good one is in force."),
    TROUBLES("xfrmctl_watch_troubles", Type.GAUGE, "Things that the watch could not do at its last look."),
    NOTES("xfrmctl_watch_notes", Type.GAUGE, "Things that only people can mend, by the watch's last look."),
    REPAIRS(
            "xfrmctl_watch_repairs_total",
            Type.COUNTER,
            "Times that the watch found a child's states and policies or its interfaces changed and put them back.",
            Label.CONNECTION,
            Label.CHILD,
            "what",
            Label.RESULT),
    REKEYS(
            "xfrmctl_watch_rekeys_total",
            Type.COUNTER,
            "Times that the watch moved a child's derived keys on to the next epoch.",
            Label.CONNECTION,
            Label.CHILD,
            Label.RESULT),
    ROUTE_REPAIRS(
            "xfrmctl_watch_route_repairs_total",
            Type.COUNTER,
            "Times that the watch put the routes of children right.",
            Label.RESULT);

    /** What becomes of a metric's values. */
    enum Type {
        /** Only rises, or begins again at 0. */
        COUNTER,
        GAUGE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Names that several metrics have. */
    private static final class Label {
        static final String CONNECTION = "connection";
        static final String CHILD = "child";
        static final String DIRECTION = "direction";
        static final String PROTOCOL = "protocol";
        static final String REASON = "reason";
        static final String LIMIT = "limit";
        static final String RESULT = "result";
        static final String[] STATE = {CONNECTION, CHILD, DIRECTION, PROTOCOL, "spi"};

        static String[] and(String[] names, String more) {
            String[] all = Arrays.copyOf(names, names.length + 1);
            all[names.length] = more;
            return all;
        }
    }

    private final String text;
    private final Type type;
    private final String help;
    private final List<String> labels;

    Metric(String text, Type type, String help, String... labels) {
        this.text = text;
        this.type = type;
        this.help = help;
        this.labels = List.of(labels);
    }

    Type type() {
        return type;
    }

    /** One line. */
    String help() {
        return help;
    }

    /** The names of its labels. */
    List<String> labels() {
        return labels;
    }

    /** Its name. */
    @Override
    public String toString() {
        return text;
    }
}

package org.xfrmctl.it.lifecycle;

import static org.xfrmctl.it.lifecycle.TwoEnds.GATE;
import static org.xfrmctl.it.lifecycle.TwoEnds.NET;
import static org.xfrmctl.it.lifecycle.TwoEnds.SPARE;

import java.util.List;
import java.util.Map;

/**
 * One option that has another value than in the base definition. Marks and interface ids say which packets are a child's:
 * the marks here fit the flows, which have none; the ids are given to a child without traffic.
 *
 * @param child whose option it is; empty for the connection
 */
record OptionCase(String child, String option, String value) {
    static final int SUITE_BYTES = 20;
    static final int OTHER_SUITE_BYTES = 64;

    /** All options as in the base definition. */
    static final OptionCase BASE = new OptionCase(NET, "mode", "tunnel");

    static final OptionCase DERIVED = new OptionCase(GATE, "keys", "{ derive: shared }");

    /** In which nothing is lost: of what policies hold. */
    static final OptionCase PRIORITY = new OptionCase(NET, "priority", "1000");

    static final OptionCase COMPRESSED = new OptionCase(NET, "ipcomp", "yes");

    static final OptionCase PASS = new OptionCase("", "on_down", "pass");

    /** Keys that both ends derive for all children, with IPComp where the traffic is in transit. */
    static final OptionCase ALL_DERIVED = new OptionCase("", "keys", "{ derive: shared }");

    /** What changes policies and no state. */
    static final List<OptionCase> OF_POLICIES = List.of(
            PRIORITY,
            new OptionCase(NET, "level", "use"),
            new OptionCase(NET, "local_ts", "10.1.0.0/25"),
            new OptionCase(NET, "policies_fwd_out", "yes"),
            BASE);

    /** One for each option of a connection and of a child. */
    static final List<OptionCase> ALL = List.of(
            new OptionCase(NET, "local_ts", "10.1.0.0/25"),
            new OptionCase(NET, "remote_ts", "10.2.0.0/25"),
            new OptionCase(GATE, "mode", "tunnel"),
            COMPRESSED,
            new OptionCase(NET, "esp_proposals", "aes256-sha256"),
            new OptionCase(NET, "level", "use"),
            new OptionCase(NET, "on_down", "pass"),
            new OptionCase(NET, "start_action", "trap"),
            PRIORITY,
            new OptionCase(NET, "reqid", "0x4242"),
            new OptionCase(NET, "replay_window", "64"),
            new OptionCase(NET, "copy_df", "no"),
            new OptionCase(NET, "mtu", "1300"),
            new OptionCase(NET, "mss", "auto"),
            new OptionCase(NET, "copy_ecn", "no"),
            new OptionCase(NET, "copy_dscp", "in"),
            new OptionCase(NET, "mark_in", "0/0x1"),
            new OptionCase(NET, "mark_out", "0/0x1"),
            new OptionCase(NET, "set_mark_in", "0x5"),
            new OptionCase(NET, "set_mark_out", "0x5"),
            new OptionCase(SPARE, "if_id_in", "7"),
            new OptionCase(SPARE, "if_id_out", "7"),
            new OptionCase(NET, "policies_fwd_out", "yes"),
            new OptionCase(NET, "tfc_padding", "300"),
            new OptionCase(NET, "rekey_time", "1h"),
            new OptionCase(NET, "life_time", "2h"),
            new OptionCase(NET, "rekey_bytes", "1G"),
            new OptionCase(NET, "life_bytes", "2G"),
            new OptionCase(NET, "rekey_packets", "1000000"),
            new OptionCase(NET, "life_packets", "2000000"),
            new OptionCase(NET, "sas", "new"),
            DERIVED,
            new OptionCase("", "local_addrs", "192.0.2.11"),
            new OptionCase("", "remote_addrs", "192.0.2.12"),
            new OptionCase("", "children", "without spare"));

    void apply(Map<String, String> connection, Map<String, Map<String, String>> children) {
        if (option.equals("children")) {
            children.remove(SPARE);
        } else if (equals(PASS) || equals(ALL_DERIVED)) {
            children.values().forEach(each -> each.put(option, value));
            if (equals(ALL_DERIVED)) {
                COMPRESSED.apply(connection, children);
            }
        } else if (child.isEmpty()) {
            connection.put(option, value);
        } else if (!option.equals("sas")) {
            children.getOrDefault(child, Map.of()).put(option, value);
        }
    }

    @Override
    public String toString() {
        return (child.isEmpty() ? "" : child + " ") + option + ": " + value;
    }
}

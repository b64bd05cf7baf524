package org.xfrmctl.model.definition;

/** Options with values that are no defaults, to stand in place of {@code mode: tunnel} in the {@link Sample}. */
final class EveryOption {
    static final String TEXT = String.join(
            "\n        ",
            "level: use",
            "on_down: pass",
            "start_action: start",
            "priority: 0xffffffff",
            "reqid: 77",
            "replay_window: 4096",
            "copy_df: no",
            "copy_ecn: no",
            "copy_dscp: in",
            "mtu: 1300",
            "mss: 1200",
            "mark_in: 1/0xff",
            "mark_out: 2",
            "set_mark_in: 3/3",
            "set_mark_out: 4",
            "if_id_in: 5",
            "if_id_out: 0xffffffff",
            "policies_fwd_out: yes",
            "rekey_time: 45m",
            "life_time: 1d",
            "rekey_bytes: 512M",
            "life_bytes: 1G",
            "rekey_packets: 900");

    private EveryOption() {}
}

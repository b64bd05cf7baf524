package org.xfrmctl.model.definition;

import java.util.List;

/** The keys of each kind of mapping: those we read, and those of swanctl.conf that we know of and do not read. */
// The lists are List.of(…), which the checker cannot see from the type.
@SuppressWarnings("ImmutableEnumChecker")
enum Vocabulary implements Keys {
    FILE(List.of("connections", "interfaces", "secrets", "include"), List.of("pools", "authorities")),
    CONNECTION(
            List.of("local_addrs", "remote_addrs", "children"),
            List.of(
                    "version",
                    "local_port",
                    "remote_port",
                    "proposals",
                    "vips",
                    "aggressive",
                    "pull",
                    "dscp",
                    "encap",
                    "mobike",
                    "dpd_delay",
                    "dpd_timeout",
                    "fragmentation",
                    "childless",
                    "send_certreq",
                    "send_cert",
                    "ocsp",
                    "ppk_id",
                    "ppk_required",
                    "keyingtries",
                    "unique",
                    "reauth_time",
                    "rekey_time",
                    "over_time",
                    "rand_time",
                    "pools",
                    "if_id_in",
                    "if_id_out",
                    "mediation",
                    "mediated_by",
                    "mediation_peer",
                    "local",
                    "remote")),
    CHILD(
            List.of(
                    "local_ts",
                    "remote_ts",
                    "mode",
                    "ipcomp",
                    "esp_proposals",
                    "level",
                    "on_down",
                    "start_action",
                    "priority",
                    "reqid",
                    "replay_window",
                    "copy_df",
                    "copy_ecn",
                    "copy_dscp",
                    "mtu",
                    "mss",
                    "mark_in",
                    "mark_out",
                    "set_mark_in",
                    "set_mark_out",
                    "if_id_in",
                    "if_id_out",
                    "interface",
                    "policies_fwd_out",
                    "tfc_padding",
                    "rekey_time",
                    "life_time",
                    "rekey_bytes",
                    "life_bytes",
                    "rekey_packets",
                    "life_packets",
                    "sas",
                    "keys"),
            List.of(
                    "ah_proposals",
                    "sha256_96",
                    "rand_time",
                    "rand_bytes",
                    "rand_packets",
                    "updown",
                    "hostaccess",
                    "policies",
                    "dpd_action",
                    "inactivity",
                    "mark_in_sa",
                    "label",
                    "label_mode",
                    "per_cpu_sas",
                    "hw_offload",
                    "icmp",
                    "close_action",
                    "encap")),
    INTERFACE(
            List.of("type", "if_id", "dev", "local", "remote", "key", "ttl", "mtu", "addresses", "routes"), List.of()),
    SAS(List.of("out", "in"), List.of()),
    KEYS(List.of("derive"), List.of()),
    SA(List.of("spi", "cpi", "key"), List.of()),
    SECRET(List.of("file", "env", "command"), List.of());

    private final List<String> known;
    private final List<String> unsupported;

    Vocabulary(List<String> known, List<String> unsupported) {
        this.known = known;
        this.unsupported = unsupported;
    }

    @Override
    public List<String> known() {
        return known;
    }

    @Override
    public String explain(String key) {
        if (this == CHILD && CONNECTION.known.contains(key)) {
            return "this key belongs to the connection, one level up; move it";
        }
        if (this == CONNECTION && CHILD.known.contains(key)) {
            return "this key belongs to a child; move it below \"children:\" and the child's name";
        }
        if (unsupported.contains(key)) {
            return this == CHILD
                    ? "this option is known but not supported yet; remove it"
                    : "swanctl's option for IKE has no meaning here: SAs are static and there is no IKE; remove it";
        }
        return Keys.super.explain(key);
    }
}

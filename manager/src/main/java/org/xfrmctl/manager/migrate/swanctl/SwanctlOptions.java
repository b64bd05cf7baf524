package org.xfrmctl.manager.migrate.swanctl;

import static org.xfrmctl.manager.migrate.draft.ForeignOption.ike;
import static org.xfrmctl.manager.migrate.draft.ForeignOption.taken;
import static org.xfrmctl.manager.migrate.draft.ForeignOption.told;

import java.util.List;
import java.util.stream.Stream;
import org.xfrmctl.manager.migrate.draft.ForeignOption;
import org.xfrmctl.manager.migrate.draft.OptionTable;

/** The options of swanctl.conf(5) of strongSwan 6.0, and what becomes of them. */
public final class SwanctlOptions {
    /** Of a connection. Its sections {@code local…} and {@code remote…} are about authentication. */
    public static final OptionTable CONNECTION = OptionTable.of(Stream.concat(
                    Stream.of(
                            taken("local_addrs", "`local_addrs`, the first address of a list"),
                            taken("remote_addrs", "`remote_addrs`, the first address of a list"),
                            taken("if_id_in", "`if_id_in` of the children that have none"),
                            taken("if_id_out", "`if_id_out` of the children that have none"),
                            told(
                                    "encap",
                                    "ESP in UDP is not in definitions yet",
                                    "what is between the ends must pass ESP, or keep this one in strongSwan",
                                    "no"),
                            told(
                                    "vips",
                                    "virtual addresses are given out by IKE",
                                    "write the address into local_ts, and give it to an interface"),
                            told(
                                    "pools",
                                    "virtual addresses are given out by IKE",
                                    "write each peer's address into a connection of its own")),
                    Stream.of(
                                    "version",
                                    "local_port",
                                    "remote_port",
                                    "proposals",
                                    "aggressive",
                                    "pull",
                                    "dscp",
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
                                    "mediation",
                                    "mediated_by",
                                    "mediation_peer")
                            .map(ForeignOption::ike))
            .toList());

    /** Of a child. */
    public static final OptionTable CHILD = OptionTable.of(List.of(
            taken("local_ts", "`local_ts`; bits behind the prefix are cleared"),
            taken("remote_ts", "`remote_ts`; bits behind the prefix are cleared"),
            taken("mode", "`mode`: `tunnel`, `transport`; a child of any other is left out"),
            taken("ipcomp", "`ipcomp`"),
            taken(
                    "esp_proposals",
                    "`esp_proposals`: the first suite that a definition has; `aes128gcm16` for `default`"),
            taken("ah_proposals", "a child with it is left out: definitions have no AH"),
            taken("start_action", "`start_action`; `trap|start` becomes `start`"),
            taken("priority", "`priority`; 0 is left out"),
            taken("reqid", "`reqid`; 0 is left out"),
            taken("replay_window", "`replay_window`"),
            taken("copy_df", "`copy_df`"),
            taken("copy_ecn", "`copy_ecn`"),
            taken("copy_dscp", "`copy_dscp`"),
            taken("mark_in", "`mark_in`; a child with `%unique` is left out"),
            taken("mark_out", "`mark_out`; a child with `%unique` is left out"),
            taken("set_mark_in", "`set_mark_in`; `%same` becomes the value of `mark_in`"),
            taken("set_mark_out", "`set_mark_out`; `%same` becomes the value of `mark_out`"),
            taken("if_id_in", "`if_id_in`; a child with `%unique` is left out"),
            taken("if_id_out", "`if_id_out`; a child with `%unique` is left out"),
            taken("policies_fwd_out", "`policies_fwd_out`"),
            taken("policies", "a child with `no` is left out: it has policies always"),
            taken("tfc_padding", "`tfc_padding`; `mtu` is left out"),
            taken(
                    "rekey_time",
                    "`rekey_time`, also where it is strongSwan's default: 1h, or 10% less than `life_time`"),
            taken("life_time", "`life_time`; without it nothing ends SAs that nobody rekeys"),
            taken("rekey_bytes", "`rekey_bytes`, also where it is 10% less than `life_bytes`"),
            taken("life_bytes", "`life_bytes`"),
            taken("rekey_packets", "`rekey_packets`, also where it is 10% less than `life_packets`"),
            taken("life_packets", "`life_packets`"),
            told(
                    "interface",
                    "it ties the policies to a device, which definitions cannot",
                    "they hold on every device; mark_in and mark_out tell packets apart"),
            told("mark_in_sa", "inbound SAs have no mark", "mark_in is compared with what comes out of them", "no"),
            told("label", "security labels are not in definitions", "the policies hold for flows of every label"),
            told("label_mode", "security labels are not in definitions", "leave it out", "system", "simple"),
            told("sha256_96", "the integrity value has 128 bits", "both ends need the same definition", "no"),
            told("hw_offload", "offload is not in definitions yet", "the CPU does it; nothing else is lost", "no"),
            told("per_cpu_sas", "there is one SA for all CPUs", "nothing but speed is lost", "no"),
            told("icmp", "ICMP errors from within need policies that they match", "add a child for them", "no"),
            told(
                    "updown",
                    "no script is run when a child comes up",
                    "use \"xfrmctl firewall\" for rules, \"interfaces:\" for addresses and routes, or run it beside \"xfrmctl up\""),
            told("hostaccess", "it is for the updown script", "use \"xfrmctl firewall\"", "no"),
            ike("rand_time"),
            ike("rand_bytes"),
            ike("rand_packets"),
            ike("dpd_action"),
            ike("close_action"),
            ike("inactivity")));

    /** What stands outside of sections, and beside {@code connections}. */
    static final List<String> ABOUT_IKE = List.of("secrets", "pools", "authorities");

    private SwanctlOptions() {}
}

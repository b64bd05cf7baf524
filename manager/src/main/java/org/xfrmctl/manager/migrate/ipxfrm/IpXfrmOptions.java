package org.xfrmctl.manager.migrate.ipxfrm;

import static org.xfrmctl.manager.migrate.draft.ForeignOption.taken;
import static org.xfrmctl.manager.migrate.draft.ForeignOption.told;

import java.util.List;
import org.xfrmctl.manager.migrate.draft.OptionTable;

/**
 * The words of {@code ip xfrm state add} and {@code policy add}, and what becomes of them. Nothing is read by these tables: they
 * say for people what {@link FlowChild} does and what {@link Resemblance} tells.
 */
public final class IpXfrmOptions {
    private static final String DIFFERS = "told as a difference";
    private static final String IPTFS = "told, and its child is left out";

    /** Of a state. */
    public static final OptionTable STATE = OptionTable.of(List.of(
            taken("src", "one of `local_addrs` and `remote_addrs`, by the direction"),
            taken("dst", "the other"),
            taken(
                    "proto",
                    "`esp`: the child's SA; `comp`: `ipcomp: yes` with its `cpi`; 4 and 41 are the kernel's own; `ah` is told"),
            taken("spi", "`spi` or `cpi` below `sas`"),
            taken("mode", "`mode`: `tunnel`, `transport`"),
            taken("mark", "`mark_out`; " + DIFFERS + " inbound"),
            taken("reqid", "`reqid`; it ties states to policies"),
            taken("flag", "`copy_ecn`, `copy_df`, `copy_dscp`; others are " + DIFFERS),
            taken("extra-flag", "`copy_dscp`; others are " + DIFFERS),
            taken("sel", "what a child's states have; another is " + DIFFERS),
            taken(
                    "limit",
                    "`rekey_time`, `life_time` and so on, from the outbound ESP state; since first use: " + DIFFERS),
            taken("output-mark", "`set_mark_in`, `set_mark_out`"),
            taken("if_id", "as the policies'; another is " + DIFFERS),
            taken("tfcpad", "`tfc_padding`"),
            taken("enc", "`esp_proposals` and the key"),
            taken("auth", "`esp_proposals` and the key, where the kernel cuts as the suite does"),
            taken("auth-trunc", "`esp_proposals` and the key"),
            taken("aead", "`esp_proposals` and the key"),
            taken("comp", "`ipcomp: yes`"),
            taken("replay-window", "`replay_window`, from the inbound ESP state"),
            taken("dir", "nothing: the direction follows from the policies"),
            told("seq", "it belongs to an acquire that is over", "nothing is lost"),
            told("coa", DIFFERS, "mobile IPv6 keeps its states itself"),
            told("ctx", DIFFERS, "the policies hold for flows of every label"),
            told("replay-seq", "an SA begins where it is made", "do not bring a key back whose numbers were used"),
            told("replay-seq-hi", "as `replay-seq`", "the same"),
            told("replay-oseq", "as `replay-seq`", "the same"),
            told("replay-oseq-hi", "as `replay-seq`", "the same"),
            told("pcpu-num", DIFFERS, "there is one SA for all CPUs"),
            told("offload", DIFFERS, "the CPU does it"),
            told("encap", DIFFERS, "what is between the ends must pass ESP"),
            told("nat-keepalive-interval", "it goes with `encap`", "the same"),
            told("mapping-timer", "it goes with `encap`", "the same"),
            told("iptfs-drop-time", IPTFS, "keep it beside the definition"),
            told("iptfs-reorder-window", IPTFS, "keep it beside the definition"),
            told("iptfs-dont-frag", IPTFS, "keep it beside the definition"),
            told("iptfs-init-delay", IPTFS, "keep it beside the definition"),
            told("iptfs-max-queue-size", IPTFS, "keep it beside the definition"),
            told("iptfs-pkt-size", IPTFS, "keep it beside the definition")));

    /** Of a policy. */
    public static final OptionTable POLICY = OptionTable.of(List.of(
            taken("src", "`local_ts` of `dir out`, `remote_ts` of the others"),
            taken("dst", "the other of these"),
            taken("proto", "goes into both selectors: `10.1.0.0/16[tcp]`"),
            taken("sport", "goes into the selector of `src`"),
            taken("dport", "goes into the selector of `dst`"),
            taken("type", "goes into both selectors: `[icmp/8]`"),
            taken("code", "goes into both selectors: `[icmp/3(4)]`"),
            taken("dir", "`out` makes the child; `in` and `fwd` have to fit; an open `fwd` is `policies_fwd_out`"),
            taken("tmpl", "`mode`, `ipcomp`, `reqid`, the addresses; `level use` makes `level`"),
            taken("priority", "`priority`, where it is not what is computed; 0 cannot be written and is " + DIFFERS),
            taken("mark", "`mark_in`, `mark_out`"),
            taken("if_id", "`if_id_in`, `if_id_out`"),
            taken("index", "nothing: the kernel numbers them"),
            told("action", "`block` protects nothing", "keep it beside the definition", "allow"),
            told("ptype", "`sub` is " + DIFFERS, "keep it beside the definition", "main"),
            told("ctx", DIFFERS, "the policies hold for flows of every label"),
            told("flag", DIFFERS, "see whether that matters"),
            told("limit", DIFFERS, "a child's policies have none"),
            told("offload", DIFFERS, "the CPU does it"),
            told(
                    "key",
                    "a policy with a key of GRE in its selector is told, and left out",
                    "keep it beside the definition"),
            told("dev", "a device in the selector is " + DIFFERS, "a child's policies hold on every device")));

    private IpXfrmOptions() {}
}

package org.xfrmctl.manager.migrate.ipsec;

import static org.xfrmctl.manager.migrate.draft.ForeignOption.taken;
import static org.xfrmctl.manager.migrate.draft.ForeignOption.told;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.xfrmctl.manager.migrate.draft.ForeignOption;
import org.xfrmctl.manager.migrate.draft.OptionTable;

/** The options of a {@code conn} in ipsec.conf, and what becomes of them. What is said of {@code left…} holds for {@code right…}. */
public final class IpsecOptions {
    private static final String UNIQUE = "a conn with `%unique` or -1 is left out";
    private static final ForeignOption SCRIPT = told(
            "leftupdown",
            "no script is run when a child comes up",
            "use \"xfrmctl firewall\" for rules, \"interfaces:\" for addresses and routes, or run it beside \"xfrmctl up\"",
            "%disabled",
            "");
    private static final ForeignOption SOURCE = told(
            "leftsourceip",
            "the address comes from IKE, or is set by a script",
            "write it into local_ts, and give it to an interface");

    private static final List<ForeignOption> COMMON = List.of(
            taken("left", "`local_addrs`, or `remote_addrs`: `--local` says which side is here"),
            taken("leftsubnet", "`local_ts` or `remote_ts`; bits behind the prefix are cleared"),
            taken("leftprotoport", "goes into `local_ts` or `remote_ts`: `10.1.0.0/16[tcp/80]`"),
            taken(
                    "also",
                    "read as the daemon does: what the conn says itself counts before what the others say; of these"
                            + " strongSwan takes the last, and libreswan refuses a conflict, which is told"),
            taken("auto", "`start_action`; a conn with `ignore`, or none, is left out as the daemon does"),
            taken("type", "`mode`: `tunnel`, `transport`; a conn of any other is left out"),
            taken("compress", "`ipcomp`"),
            taken("esp", "`esp_proposals`: the first suite that a definition has"),
            taken("ah", "a conn with it is left out: definitions have no AH"),
            taken("keylife", "as `lifetime`"),
            taken("lifetime", "`life_time`, where it is written; `rekey_time` is `rekeymargin` less"),
            taken("rekeymargin", "makes `rekey_time`; 9m if it is not written"),
            taken("rekey", "with `no` there is no `rekey_time`"),
            taken("reqid", "`reqid`"),
            taken("mark", "`mark_in` and `mark_out`; " + UNIQUE),
            taken("tfc", "`tfc_padding`; `%mtu` is left out"),
            told(
                    "forceencaps",
                    "ESP in UDP is not in definitions yet",
                    "what is between the ends must pass ESP, or keep this one in the daemon",
                    "no"),
            SOURCE,
            SCRIPT);

    /** Of strongSwan. */
    public static final OptionTable STRONGSWAN = table(
            List.of(
                    taken("leftsubnetwithin", "as `leftsubnet`"),
                    taken("margintime", "as `rekeymargin`"),
                    taken("lifebytes", "`life_bytes`"),
                    taken("marginbytes", "makes `rekey_bytes`, which is 10% below `life_bytes` without it"),
                    taken("lifepackets", "`life_packets`"),
                    taken("marginpackets", "makes `rekey_packets`, which is 10% below `life_packets` without it"),
                    taken("replay_window", "`replay_window`"),
                    taken("mark_in", "`mark_in`; " + UNIQUE),
                    taken("mark_out", "`mark_out`; " + UNIQUE),
                    taken("installpolicy", "a conn with `no` is left out: a child has policies always"),
                    told("sha256_96", "the integrity value has 128 bits", "both ends need the same definition", "no"),
                    told("leftfirewall", "no script is run", "\"xfrmctl firewall\" makes the rules", "no"),
                    told("lefthostaccess", "no script is run", "\"xfrmctl firewall\" makes the rules", "no")),
            "keyexchange aggressive authby eap_identity aaa_identity mobike fragmentation ikedscp ikelifetime keyingtries"
                    + " rekeyfuzz reauth ike dpddelay dpdtimeout dpdaction closeaction inactivity modeconfig xauth"
                    + " xauth_identity mediation mediated_by me_peerid leftikeport leftdns leftallowany leftauth leftauth2"
                    + " leftid leftid2 leftsigkey leftrsasigkey leftcert leftcert2 leftcertpolicy leftsendcert leftca"
                    + " leftca2 leftgroups leftgroups2 pfs pfsgroup eap leftnexthop");

    /** Of libreswan. */
    public static final OptionTable LIBRESWAN = table(
            List.of(
                    taken("leftsubnets", "as `leftsubnet`: one child protects all combinations"),
                    taken("phase2alg", "as `esp`"),
                    taken("phase2", "a conn with `ah` is left out: definitions have no AH"),
                    taken("salifetime", "as `lifetime`"),
                    taken("ipsec-lifetime", "as `lifetime`; 8h if it is not written"),
                    taken("ipsec-max-bytes", "`life_bytes`; `rekey_bytes` is half of it"),
                    taken("ipsec-max-packets", "`life_packets`; `rekey_packets` is half of it"),
                    taken("replay-window", "`replay_window`; 128 if it is not written"),
                    taken("mark-in", "`mark_in`; " + UNIQUE),
                    taken("mark-out", "`mark_out`; " + UNIQUE),
                    taken("priority", "`priority`; 0 is left out"),
                    taken("mtu", "`mtu`; of the interface, where there is one"),
                    taken("nopmtudisc", "with `yes`, `copy_df: no`"),
                    taken("decap-dscp", "with `yes`, `copy_dscp: in` or `yes`"),
                    taken("encap-dscp", "with `no`, `copy_dscp: no` or `in`"),
                    taken("ipsec-interface", "an entry of `interfaces`, with routes, and the child's `interface`"),
                    taken("interface-ip", "`addresses` of that interface"),
                    taken("leftinterface-ip", "`addresses` of that interface, of the side that is here"),
                    told(
                            "encapsulation",
                            "ESP in UDP is not in definitions yet",
                            "what is between the ends must pass ESP, or keep this one in the daemon",
                            "no",
                            "auto"),
                    told("enable-tcp", "ESP in TCP is not in definitions", "keep this one in the daemon", "no"),
                    told("tcp-remoteport", "ESP in TCP is not in definitions", "keep this one in the daemon"),
                    told(
                            "esn",
                            "extended sequence numbers are not in definitions yet",
                            "the SAs have 32 bits of them; watch rekeys in time",
                            "no",
                            "either"),
                    told(
                            "nic-offload",
                            "offload is not in definitions yet",
                            "the CPU does it; nothing else is lost",
                            "no"),
                    told(
                            "sha2-truncbug",
                            "the integrity value has 128 bits",
                            "both ends need the same definition",
                            "no"),
                    told(
                            "sec-label",
                            "security labels are not in definitions",
                            "the policies hold for flows of every label"),
                    told(
                            "policy-label",
                            "security labels are not in definitions",
                            "the policies hold for flows of every label"),
                    told(
                            "negotiationshunt",
                            "a child's traffic is blocked while it is not up",
                            "write on_down: pass, if it has to go in clear after \"down\"",
                            "hold",
                            "drop"),
                    told(
                            "failureshunt",
                            "a child's traffic is blocked while it is not up",
                            "write on_down: pass, if it has to go in clear after \"down\"",
                            "none",
                            "hold",
                            "drop",
                            "reject"),
                    told("metric", "routes have no metric here", "add the route by hand"),
                    told(
                            "nflog-group",
                            "packets are not copied to nflog",
                            "add the rule by hand; \"xfrmctl explain\" asks less"),
                    told("nflog", "packets are not copied to nflog", "add the rule by hand"),
                    told("vti-interface", "definitions have no VTI", "use an interface of type xfrm: ipsec-interface="),
                    told("vti-routing", "definitions have no VTI", "use an interface of type xfrm", "no"),
                    told("vti-shared", "definitions have no VTI", "use an interface of type xfrm", "no"),
                    told("leftvti", "definitions have no VTI", "use an interface of type xfrm"),
                    taken("iptfs", "a conn with `yes` is left out: definitions have tunnel and transport mode"),
                    told(
                            "leftaddresspool",
                            "addresses are given out by IKE",
                            "write each peer into a connection of its own")),
            "accept-redirect accept-redirect-to aggressive aggrmode authby autheap cisco-split cisco-unity clientaddrfamily"
                    + " clones connalias debug dns-match-id dpdaction dpddelay dpdtimeout fake-strongswan fragmentation"
                    + " hostaddrfamily ignore-peer-dns ike ikelifetime ikepad ikev1-dpdtimeout ikev2 initial-contact"
                    + " intermediate keyexchange keyingtries modecfgbanner modecfgdns modecfgdomains modecfgpull mobike"
                    + " ms-dh-downgrade narrowing nat-ikev1-method nat-keepalive nm-configured overlapip pam-authorize pfs"
                    + " pfs-rekey-workaround ppk ppk-ids reauth redirect-to reject-simultaneous-ike-auth rekeyfuzz"
                    + " remote-peer-type remote_peer_type require-id-on-certificate retransmit-interval retransmit-timeout"
                    + " send-esp-tfc-padding-not-supported send-no-esp-tfc send-redirect send-supported-auth-methods"
                    + " send-vendorid session-resumption share-lease updown-config xauthby xauthfail iptfs-drop-time"
                    + " iptfs-fragmentation iptfs-init-delay iptfs-max-queue-size iptfs-packet-size iptfs-reorder-window"
                    + " leftauth leftca leftcat leftcert leftckaid leftecdsakey lefteddsakey leftgroundhog leftid leftikeport"
                    + " leftmodecfgclient leftmodecfgserver leftnexthop leftpubkey leftrsasigkey leftsendca leftsendcert sendca"
                    + " leftusername leftxauthclient leftxauthserver leftxauthusername");

    private IpsecOptions() {}

    private static OptionTable table(List<ForeignOption> own, String ike) {
        return OptionTable.of(Stream.of(
                        COMMON.stream(),
                        own.stream(),
                        Arrays.stream(ike.split(" ")).map(ForeignOption::ike))
                .flatMap(each -> each)
                .toList());
    }

    /** What a table calls a key: the sides have the same options. */
    static String nameOf(String key) {
        return key.startsWith("right") ? "left" + key.substring("right".length()) : key;
    }
}

package org.xfrmctl.manager.firewall;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;

/** One rule in the words of {@code nft}. */
final class NftRule {
    private static final int WHOLE = 0xffff;

    private final List<String> words = new ArrayList<>();

    private NftRule() {}

    static String print(Rule rule) {
        NftRule text = new NftRule();
        Selector selector = rule.match().selector();
        text.addresses(selector);
        rule.match().leavingBy().ifPresent(device -> text.words.add("oifname \"" + device + "\""));
        rule.match()
                .protection()
                .ifPresent(protection ->
                        text.words.add("ipsec " + protection.direction() + " reqid " + protection.reqid()));
        if (rule instanceof Rule.Accept) {
            text.protocol(selector);
            text.words.add("counter accept");
        } else if (rule instanceof Rule.Clamp clamp) {
            text.ports("tcp", selector);
            text.words.add("tcp flags syn counter");
            if (clamp.byRoute()) {
                text.words.add("tcp option maxseg size set rt mtu");
            }
            clamp.most().ifPresent(most -> text.words.add("tcp option maxseg size set " + most));
        } else if (rule instanceof Rule.SetDf) {
            text.protocol(selector);
            // The offset with its three flags: what has none is no fragment and may become some.
            text.words.add("ip frag-off 0 counter ip frag-off set 0x4000");
        } else {
            throw new AssertionError(rule);
        }
        text.words.add("comment \"" + rule.purpose() + "\"");
        return String.join(" ", text.words);
    }

    private void addresses(Selector selector) {
        boolean v6 = selector.family() == Family.INET6;
        String ip = v6 ? "ip6" : "ip";
        if (selector.source().length() == 0 && selector.destination().length() == 0) {
            words.add("meta nfproto " + (v6 ? "ipv6" : "ipv4"));
        }
        address(ip + " saddr ", selector.source());
        address(ip + " daddr ", selector.destination());
    }

    private void address(String field, IpPrefix prefix) {
        if (prefix.length() == prefix.family().bits()) {
            words.add(field + prefix.address());
        } else if (prefix.length() != 0) {
            words.add(field + prefix);
        }
    }

    private void protocol(Selector selector) {
        IpProtocol protocol = selector.proto();
        if (protocol.equals(IpProtocol.ANY)) {
            return;
        }
        if (protocol.equals(IpProtocol.ICMP) || protocol.equals(IpProtocol.ICMPV6)) {
            icmp(protocol.equals(IpProtocol.ICMP) ? "icmp" : "icmpv6", selector);
            return;
        }
        // Names that nft has built in; any other it would look up in /etc/protocols.
        String name = protocol.equals(IpProtocol.ESP)
                ? "esp"
                : protocol.equals(IpProtocol.AH) ? "ah" : Integer.toString(protocol.number());
        if (selector.sourcePort().mask() == 0 && selector.destinationPort().mask() == 0) {
            words.add("meta l4proto " + name);
        } else {
            // Only these have ports in a definition.
            ports(protocol.equals(IpProtocol.TCP) ? "tcp" : protocol.equals(IpProtocol.UDP) ? "udp" : "sctp", selector);
        }
    }

    private void ports(String protocol, Selector selector) {
        number(protocol + " sport ", selector.sourcePort());
        number(protocol + " dport ", selector.destinationPort());
    }

    private void icmp(String protocol, Selector selector) {
        if (selector.sourcePort().mask() == 0) {
            words.add("meta l4proto " + protocol);
        }
        number(protocol + " type ", selector.sourcePort());
        number(protocol + " code ", selector.destinationPort());
    }

    private void number(String field, PortMatch match) {
        if (match.mask() != 0) {
            int last = match.port() | (~match.mask() & WHOLE);
            words.add(field + match.port() + (last == match.port() ? "" : "-" + last));
        }
    }
}

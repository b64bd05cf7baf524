package org.xfrmctl.netlink.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** The commands about a table as a whole: {@code flush}, {@code count}, {@code set}, {@code setdefault} and so on. */
final class TableWords {
    static final List<String> DEFAULTS = List.of("block", "accept", "allow");
    static final List<String> THRESHOLDS = List.of("hthresh4", "hthresh6");

    private TableWords() {}

    static IpCommand flushStates(Words words, HostNames host) {
        IpProtocol protocol = IpProtocol.ANY;
        if (words.takeIf("proto")) {
            protocol = IdWords.protocol(words);
        }
        end(words, List.of("proto"));
        return new IpCommand.Change(XfrmRequests.flushStates(protocol));
    }

    static IpCommand flushPolicies(Words words, HostNames host) {
        PolicyType type = PolicyType.MAIN;
        if (words.takeIf("ptype")) {
            type = PolicyTableWords.type(words);
        }
        end(words, List.of("ptype"));
        return new IpCommand.Change(XfrmRequests.flushPolicies(type));
    }

    static IpCommand countStates(Words words, HostNames host) {
        end(words, List.of());
        return new IpCommand.CountStates();
    }

    static IpCommand countPolicies(Words words, HostNames host) {
        end(words, List.of());
        return new IpCommand.CountPolicies();
    }

    static IpCommand getDefaults(Words words, HostNames host) {
        end(words, List.of());
        return new IpCommand.GetDefaults();
    }

    private static void end(Words words, List<String> known) {
        if (!words.hasNext()) {
            return;
        }
        String word = words.take();
        if (known.contains(word)) {
            throw words.repeated();
        }
        throw known.isEmpty()
                ? words.refuse("the command is complete before it")
                : words.unknown("what may follow", known);
    }

    static IpCommand setThresholds(Words words, HostNames host) {
        Optional<SpdInfo.Threshold> ipv4 = Optional.empty();
        Optional<SpdInfo.Threshold> ipv6 = Optional.empty();
        while (words.hasNext()) {
            switch (words.take()) {
                case "hthresh4" -> ipv4 = threshold(words, ipv4, 32);
                case "hthresh6" -> ipv6 = threshold(words, ipv6, 128);
                default -> throw words.unknown("what is set", THRESHOLDS);
            }
        }
        return new IpCommand.Change(XfrmRequests.setThresholds(new SpdInfo.Thresholds(ipv4, ipv6)));
    }

    private static Optional<SpdInfo.Threshold> threshold(Words words, Optional<SpdInfo.Threshold> before, int longest) {
        if (before.isPresent()) {
            throw words.repeated();
        }
        int local = (int) words.number("the local prefix length", longest);
        return Optional.of(new SpdInfo.Threshold(local, (int) words.number("the remote prefix length", longest)));
    }

    static IpCommand setDefaults(Words words, HostNames host) {
        OptionalInt in = OptionalInt.empty();
        OptionalInt fwd = OptionalInt.empty();
        OptionalInt out = OptionalInt.empty();
        while (words.hasNext()) {
            switch (words.take()) {
                case "in" -> in = defaultPolicy(words, in);
                case "fwd" -> fwd = defaultPolicy(words, fwd);
                case "out" -> out = defaultPolicy(words, out);
                default -> throw words.unknown("a direction", PolicyTableWords.DIRECTIONS);
            }
        }
        DefaultPolicies defaults = new DefaultPolicies(in.orElse(0), fwd.orElse(0), out.orElse(0));
        return new IpCommand.Change(XfrmRequests.setDefaults(defaults));
    }

    private static OptionalInt defaultPolicy(Words words, OptionalInt before) {
        if (before.isPresent()) {
            throw words.repeated();
        }
        return switch (words.argument("a default policy is block or accept")) {
            case "block" -> OptionalInt.of(DefaultPolicies.BLOCK);
            case "accept", "allow" -> OptionalInt.of(DefaultPolicies.ACCEPT);
            default -> throw words.unknown("a default policy", DEFAULTS);
        };
    }
}

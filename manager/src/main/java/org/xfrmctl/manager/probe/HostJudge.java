package org.xfrmctl.manager.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.xfrmctl.manager.probe.ProbeReport.Judgement;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.Heard;

/**
 * What a search from a host without a tunnel means.
 *
 * @param top the greatest packet that it could send
 * @param tunnel what the gateway says that its tunnel takes
 * @param known what is to be said beside what was found
 */
record HostJudge(IpAddress to, int top, OptionalInt tunnel, List<String> known) {
    private static final int LEAST_IPV6 = 1280;

    Judgement judge(Soundings soundings) {
        List<String> evidence = new ArrayList<>(known);
        if (soundings.passes() == 0) {
            evidence.add("of that packet: " + soundings.first());
            return new Judgement(
                    PathVerdict.NOBODY,
                    "nothing can be told: " + to + " answers not even a packet of "
                            + soundings.each().get(0).size() + " bytes",
                    evidence,
                    List.of("ask another host with --to: does " + to + " answer ping at all? is the tunnel up?"));
        }
        soundings
                .errors()
                .forEach(error -> evidence.add(error.from() + " says: no more than "
                        + (error.mtu() == 0 ? "it cares to tell" : error.mtu() + " bytes")));
        int passes = soundings.passes();
        if (tunnel.isPresent() && passes > tunnel.getAsInt()) {
            return new Judgement(
                    PathVerdict.OTHER_WAY,
                    "packets of up to " + passes + " bytes pass, and the tunnel takes " + tunnel.getAsInt()
                            + ": they do not go through it, or it takes more",
                    evidence,
                    List.of("on the gateway, look again: xfrmctl mtu NAME, and xfrmctl counters NAME while this runs"));
        }
        return OpenJudge.judge(soundings, evidence)
                .orElseGet(() ->
                        soundings.vanishes().isPresent() ? broken(soundings, evidence) : sound(soundings, evidence));
    }

    /** All passes, or what stopped the search named a length that does. */
    private Judgement sound(Soundings soundings, List<String> evidence) {
        int passes = soundings.passes();
        if (to.family() == Family.INET6 && passes < LEAST_IPV6) {
            return new Judgement(
                    PathVerdict.TOO_NARROW,
                    "too narrow: packets of up to " + passes + " bytes pass, and IPv6 hosts do not go below "
                            + LEAST_IPV6 + " (RFC 8200, section 5): what has more is refused for ever, TCP hangs",
                    evidence,
                    List.of("on the gateway, xfrmctl mtu NAME says which path between the gateways it takes; with IPv4"
                            + " outside, \"copy_df: no\" has the tunnel's packets fragmented instead"));
        }
        if (passes < top && !soundings.errors().isEmpty()) {
            return new Judgement(
                    PathVerdict.TOLD,
                    "packets of up to " + passes + " bytes pass, and this host is told so: place 1 is well",
                    evidence,
                    List.of());
        }
        return passes == top
                ? new Judgement(
                        PathVerdict.WHOLE, "whole: packets of up to " + passes + " bytes pass", evidence, List.of())
                : new Judgement(
                        PathVerdict.LEARNT,
                        "packets of up to " + passes + " bytes pass, and this host knows that",
                        evidence,
                        List.of());
    }

    /** What is longer than {@code passes} vanishes. */
    private Judgement broken(Soundings soundings, List<String> evidence) {
        int passes = soundings.passes();
        String vanish = "packets of more than " + passes + " bytes vanish";
        int limit = tunnel.orElse(0);
        if (to.family() == Family.INET6) {
            evidence.add(TunnelJudge.WAY_BACK);
        }
        List<Heard.TooBig> errors = soundings.errors();
        boolean told = tunnel.isEmpty() ? !errors.isEmpty() : errors.stream().anyMatch(error -> error.mtu() == limit);
        if (tunnel.isPresent() && passes == limit) {
            return new Judgement(
                    PathVerdict.PLACE_1,
                    "place 1 is broken: " + vanish + ", which is what the tunnel takes, and its gateway's errors do not"
                            + " reach this host",
                    evidence,
                    placeOne(passes));
        }
        if (told || (tunnel.isPresent() && top <= limit)) {
            return new Judgement(
                    PathVerdict.PLACE_2,
                    "place 2 is broken: " + vanish + ", though this host may send "
                            + (told ? teller(errors, limit) : limit)
                            + ": between the gateways, or behind them, and nobody says so",
                    evidence,
                    placeTwo());
        }
        if (tunnel.isPresent()) {
            List<String> advice = new ArrayList<>(placeOne(passes));
            advice.addAll(placeTwo());
            return new Judgement(
                    PathVerdict.BOTH_PLACES,
                    "both places are broken: " + vanish + ", less than the " + limit + " that the tunnel takes, and its"
                            + " gateway's errors do not reach this host either",
                    evidence,
                    advice);
        }
        return new Judgement(
                PathVerdict.UNKNOWN_PLACE,
                vanish + " between this host and " + to + ", and nobody says so",
                evidence,
                List.of(
                        "to tell where: xfrmctl mtu NAME on the gateway says what its tunnel takes; then, here, xfrmctl mtu"
                                + " probe --to " + to + " --tunnel-mtu N",
                        shorter(passes)));
    }

    /** What this host was told at last, or by the gateway. */
    private static int teller(List<Heard.TooBig> errors, int limit) {
        return errors.stream()
                .map(Heard.TooBig::mtu)
                .filter(mtu -> mtu == limit)
                .findFirst()
                .orElseGet(() -> errors.get(errors.size() - 1).mtu());
    }

    private List<String> placeOne(int passes) {
        return List.of(
                "let ICMP errors pass between the gateway and this host: "
                        + (to.family() == Family.INET
                                ? "type 3 code 4 (fragmentation needed)"
                                : "ICMPv6 type 2 (packet too big)"),
                "or for TCP let the gateway clamp the MSS: \"mss: auto\" in the child",
                shorter(passes));
    }

    private List<String> placeTwo() {
        return List.of("on the gateway, xfrmctl mtu probe NAME --to " + to + " says how to mend it");
    }

    private String shorter(int passes) {
        return "or send nothing longer from here: a route to it with \"mtu " + passes + "\"";
    }
}

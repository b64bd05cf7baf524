package org.xfrmctl.manager.probe;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.Way;
import org.xfrmctl.manager.probe.ProbeReport.Judgement;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.echo.Heard;
import org.xfrmctl.model.mtu.Layer;
import org.xfrmctl.model.mtu.MtuSum;

/**
 * What a search through a tunnel means.
 *
 * @param before what was computed before the search
 * @param after and after it, by what the kernel had learnt meanwhile
 */
record TunnelJudge(XfrmPolicy policy, IpAddress to, ChildMtu before, ChildMtu after) {
    /** For IPv6. */
    static final String WAY_BACK =
            "a reply that is too long for the way back would vanish as well: no router of IPv6 fragments";

    /** Of a search that began at {@code mtu}. */
    Judgement judge(Soundings soundings, int mtu) {
        if (soundings.passes() == 0) {
            return nobody(soundings);
        }
        return OpenJudge.judge(soundings, List.of())
                .orElseGet(() -> soundings.vanishes().isPresent()
                        ? broken(soundings, soundings.vanishes().getAsInt())
                        : sound(soundings, mtu));
    }

    /** All passes, or what stopped the search named a length that does. */
    private Judgement sound(Soundings soundings, int mtu) {
        int passes = soundings.passes();
        List<String> evidence = new ArrayList<>();
        List<Heard.TooBig> errors = soundings.errors();
        if (passes < mtu && !errors.isEmpty()) {
            errors.forEach(error -> evidence.add(
                    error.from() + ", which sees what is in the tunnel, says: no more than " + error.mtu() + " bytes"));
            return new Judgement(
                    PathVerdict.TOLD,
                    "packets of up to " + passes + " bytes pass, and who takes no more says so; place 2 is well",
                    evidence,
                    placeOne(passes));
        }
        Way way = after.way();
        if (way.origin() == Way.Origin.LEARNT || passes < mtu) {
            evidence.add("the way to " + after.peer() + " takes " + way.mtu() + " bytes (" + way + "), which leaves "
                    + after.sum().left()
                    + (mtu == passes ? "" : "; before, " + before.way().mtu() + " left " + mtu));
            return new Judgement(
                    PathVerdict.LEARNT,
                    "packets of up to " + passes + " bytes pass, and this host has learnt that: place 2 is well",
                    evidence,
                    placeOne(passes));
        }
        evidence.add("the way to " + after.peer() + " takes " + way.mtu() + " bytes (" + way + ")");
        if (isFragmentable()) {
            evidence.add("\"copy_df: no\": routers may have fragmented the tunnel's packets, and would not say so");
        }
        return new Judgement(
                PathVerdict.WHOLE,
                "whole: packets of up to " + passes + " bytes pass, as computed",
                evidence,
                placeOne(passes));
    }

    private Judgement nobody(Soundings soundings) {
        List<String> advice = new ArrayList<>();
        advice.add("ask another host with --to: does " + to + " answer ping at all?");
        advice.add("see whether the child is up at both ends, and what its packets come to: xfrmctl status, xfrmctl"
                + " counters " + before.name());
        return new Judgement(
                PathVerdict.NOBODY,
                "nothing can be told: " + to + " answers not even a packet of "
                        + soundings.each().get(0).size() + " bytes",
                List.of("of that packet: " + soundings.first()),
                advice);
    }

    private Judgement broken(Soundings soundings, int vanishes) {
        int passes = soundings.passes();
        MtuSum sum = before.sum();
        List<String> evidence = new ArrayList<>();
        int least = sum.pathFor(passes);
        int most = Math.max(least, sum.pathFor(vanishes) - 1);
        evidence.add("computed are " + before.mtu() + ", from a way to " + before.peer() + " of "
                + before.way().mtu() + " (" + before.way() + ")");
        evidence.add("so the way between the gateways takes "
                + (least == most ? least + " bytes" : least + " to " + most + " bytes")
                + ", and no router has told this host");
        if (policy.selector().family() == Family.INET6) {
            evidence.add(WAY_BACK);
        }
        if (after.way().mtu() < before.way().mtu()) {
            evidence.add("this host was told of a way of " + after.way().mtu() + " meanwhile (" + after.way()
                    + "), and that does not pass either");
        }
        return new Judgement(
                PathVerdict.PLACE_2,
                "place 2 is broken: packets of more than " + passes + " bytes vanish between " + ownGateway() + " and "
                        + after.peer() + ", or behind it, and nobody says so",
                evidence,
                mending(passes, least));
    }

    private IpAddress ownGateway() {
        return before.sum().layers().get(0).state().source();
    }

    private List<String> mending(int passes, int path) {
        IpAddress peer = after.peer();
        boolean v4 = peer.family() == Family.INET;
        List<String> advice = new ArrayList<>();
        advice.add("let ICMP errors pass between the gateways: "
                + (v4 ? "type 3 code 4 (fragmentation needed)" : "ICMPv6 type 2 (packet too big)")
                + ", from any router to " + ownGateway());
        if (v4 && !isFragmentable()) {
            advice.add("or let routers fragment the tunnel's packets: \"copy_df: no\" in the child");
        }
        advice.add("or send nothing longer: \"mtu: " + passes
                + "\" in the child (\"mss\" for TCP alone), or a route to " + peer + " with \"mtu " + path + "\"");
        advice.add("if " + to + " is behind the peer, a hop there may be narrow and say nothing: try --to an address of"
                + " the peer gateway itself in " + policy.selector().destination());
        return advice;
    }

    private boolean isFragmentable() {
        return before.sum().layers().stream()
                .map(Layer::state)
                .anyMatch(state ->
                        state.mode().equals(Mode.TUNNEL) && state.flags().has(StateFlag.NOPMTUDISC));
    }

    /** Only a host behind this one can try whether it is told. */
    private List<String> placeOne(int passes) {
        return List.of(
                "place 1 can be tried from a host in " + policy.selector().source()
                        + " only: there, xfrmctl mtu probe --to " + to + " --tunnel-mtu " + passes);
    }
}

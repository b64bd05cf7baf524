package org.xfrmctl.manager.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.probe.ProbeReport.Judgement;
import org.xfrmctl.model.echo.Heard;

/** What a search means, from wherever, that does not tell whether hosts can find out what passes. */
final class OpenJudge {
    private OpenJudge() {}

    /**
     * Empty of a search that came to its end, and stopped at nothing, at silence, or at a length that somebody named.
     *
     * @param known what is to be said beside
     */
    static Optional<Judgement> judge(Soundings soundings, List<String> known) {
        return soundings.inTime()
                ? soundings.refused().map(sounding -> refused(soundings.passes(), sounding, known))
                : Optional.of(unfinished(soundings, known));
    }

    private static Judgement refused(int passes, Sounding stopped, List<String> known) {
        boolean here = stopped.heard() instanceof Heard.Unsent;
        boolean tooBig = stopped.heard() instanceof Heard.TooBig;
        List<String> evidence = new ArrayList<>(known);
        evidence.add("of " + stopped.size() + " bytes: " + stopped.heard());
        return new Judgement(
                PathVerdict.REFUSED,
                "refused: packets of more than " + passes + " bytes do not pass, and what is said of them "
                        + (tooBig ? "is a length that does not pass either" : "is no length that would"),
                evidence,
                List.of(
                        here
                                ? "look for a rule of this host that drops long packets: nft list ruleset, chains of the"
                                        + " output hook"
                                : "look at who says so: a filter there may drop long packets, or its link be down",
                        "or send nothing longer: a route with \"mtu " + passes + "\""));
    }

    private static Judgement unfinished(Soundings soundings, List<String> known) {
        List<String> evidence = new ArrayList<>(known);
        soundings
                .stopped()
                .ifPresent(sounding -> evidence.add("of " + sounding.size() + " bytes: " + sounding.heard()));
        return new Judgement(
                PathVerdict.UNFINISHED,
                "unfinished: packets of up to " + soundings.passes()
                        + " bytes pass; the time was over before all sizes were tried, and more may pass",
                evidence,
                List.of("ask again, or ask a host that answers faster: each size that is lost takes several seconds"));
    }
}

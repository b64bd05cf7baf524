package org.xfrmctl.cli.render;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xfrmctl.datapath.explain.Explanation;
import org.xfrmctl.datapath.explain.Explanation.Cut;
import org.xfrmctl.datapath.explain.Explanation.Fate;
import org.xfrmctl.datapath.explain.Explanation.Form;
import org.xfrmctl.datapath.explain.Explanation.Hop;
import org.xfrmctl.datapath.explain.Explanation.Inbound;
import org.xfrmctl.datapath.explain.Explanation.Limit;
import org.xfrmctl.datapath.explain.Explanation.Outbound;
import org.xfrmctl.datapath.explain.Explanation.Transit;
import org.xfrmctl.datapath.explain.Explanation.Verdict;
import org.xfrmctl.datapath.explain.Explanation.Way;
import org.xfrmctl.datapath.explain.PolicyChoice;
import org.xfrmctl.datapath.explain.PolicyChoice.PassedOver;
import org.xfrmctl.datapath.explain.Question;
import org.xfrmctl.datapath.explain.Rises;
import org.xfrmctl.datapath.explain.TemplateAnswer;
import org.xfrmctl.datapath.explain.TemplateAnswer.Answer;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.XfrmCounter;

/** An explanation for a terminal: what becomes of the packet first, then why, in the order in which it happens. */
public final class ExplainText {
    /** {@code threshold} of deflate in {@code xfrm_algo.c}. */
    private static final int THRESHOLD = 90;
    /** More than these say nothing more. */
    private static final int MOST_OTHERS = 5;

    /**
     * What is known of the ways.
     *
     * @param ways where their MTUs are from
     * @param doubt why they may be others
     */
    public record Told(String ways, Optional<String> doubt) {}

    private final Labelled text = new Labelled();
    private final Question question;
    private final Told told;

    private ExplainText(Question question, Told told) {
        this.question = question;
        this.told = told;
    }

    public static String print(Question question, Explanation explanation, Told told) {
        ExplainText printed = new ExplainText(question, told);
        printed.text.line("packet", ExplainWords.of(question));
        if (explanation instanceof Transit transit) {
            printed.verdict(ExplainVerdict.of(transit));
            printed.text.line("", "");
            printed.print(transit.arrival(), "as it comes in (fwd):");
            printed.text.line("", "");
            printed.print(transit.departure(), "as it goes on (out):");
        } else if (explanation instanceof Inbound inbound) {
            printed.verdict(ExplainVerdict.of(inbound));
            printed.print(inbound, "");
        } else {
            Outbound outbound = (Outbound) explanation;
            printed.verdict(ExplainVerdict.of(outbound));
            printed.print(outbound, "");
        }
        return printed.text.print();
    }

    private void verdict(String sentence) {
        text.line("verdict", sentence);
        told.doubt().ifPresent(doubt -> text.under("uncertain: " + doubt));
    }

    private void print(Outbound outbound, String heading) {
        if (!heading.isEmpty()) {
            text.line(heading, "");
        }
        policy(outbound.policy());
        outbound.templates().forEach(this::template);
        if (!outbound.hops().isEmpty()) {
            text.line(
                    "size",
                    question.size() + " bytes"
                            + (outbound.fate() instanceof Fate.Leaves leaves && leaves.cut() == Cut.BEFORE
                                    ? ", cut into fragments first; of the first of them:"
                                    : ""));
            int before = question.size();
            for (Hop hop : outbound.hops()) {
                hop(hop, before);
                before = hop.size();
            }
        }
        outbound.limit().ifPresent(limit -> limit(limit, !heading.isEmpty(), outbound));
        counts(outbound.rises());
    }

    private void policy(PolicyChoice choice) {
        if (choice.taken().isEmpty()) {
            text.line(
                    "policy",
                    "none; the default for " + choice.direction() + " is to "
                            + (choice.byDefault() == PolicyAction.BLOCK ? "block" : "accept"));
        }
        choice.taken().forEach(policy -> text.line("policy", ExplainWords.of(policy)));
        int told = 0;
        for (PassedOver other : choice.others()) {
            if (told++ < MOST_OTHERS) {
                text.under("not " + ExplainWords.of(other.policy()) + ": " + other.reason());
            }
        }
        more(told, "policies");
    }

    private void more(int told, String what) {
        if (told > MOST_OTHERS) {
            text.under("and " + (told - MOST_OTHERS) + " more " + what + ": --json tells of all");
        }
    }

    private void template(TemplateAnswer template) {
        text.line("template", ExplainWords.of(template.template()));
        text.under(answer(template));
        int told = 0;
        for (TemplateAnswer.PassedOver other : template.others()) {
            if (told++ < MOST_OTHERS) {
                text.under("not " + ExplainWords.of(other.state()) + ": " + other.mismatch());
            }
        }
        more(told, "states");
    }

    private static String answer(TemplateAnswer template) {
        Answer answer = template.answer();
        if (answer instanceof Answer.Taken taken) {
            return "takes " + ExplainWords.of(taken.state());
        }
        String between = " from " + template.source() + " to " + template.destination();
        if (answer instanceof Answer.Skipped) {
            return "no state" + between + ": skipped, for its level is use. What it was to do is not done";
        } else if (answer instanceof Answer.Pending) {
            return "a larval state" + between + ": somebody negotiates, and until that ends packets are dropped";
        }
        return answer instanceof Answer.SpiTaken
                ? "its SPI is that of a state with other properties"
                : "no state" + between + ": a keying daemon that listens is asked (acquire), the packet is dropped";
    }

    private void hop(Hop hop, int before) {
        String name = ExplainWords.protocol(hop.state().id().protocol().number());
        StringBuilder words = new StringBuilder(hop.size() + " bytes behind " + name + " ("
                + ExplainWords.brief(hop.state()) + "): " + hop.source() + " > " + hop.destination() + ", "
                + ExplainWords.protocol(hop.protocol()));
        hop.encap()
                .ifPresent(encap -> words.append(" ports ")
                        .append(encap.sourcePort())
                        .append(':')
                        .append(encap.destinationPort()));
        if (hop.block() > 1) {
            words.append(", padded to ").append(hop.block()).append(" bytes");
        }
        if (hop.mark() != question.mark()) {
            words.append(", mark 0x").append(Integer.toHexString(hop.mark()));
        }
        if (ExplainWords.isCompression(hop.state())) {
            words.append(compression(hop, before));
        }
        text.line("", words.toString());
    }

    private String compression(Hop hop, int before) {
        boolean tunnel = hop.size() > before;
        int header = question.family() == Family.INET6 ? 40 : 20;
        int payload = tunnel ? before : before - header;
        return payload < THRESHOLD
                ? "; not compressed, for less than " + THRESHOLD + " bytes never are"
                : "; not compressed, as of data that does not get smaller; other data does";
    }

    private void limit(Limit limit, boolean transit, Outbound outbound) {
        text.line("mtu", limit.mtu() + " bytes in one piece; the way takes " + limit.way() + " (" + told.ways() + ")");
        boolean v6 = question.family() == Family.INET6;
        if (transit && v6) {
            text.under("longer ones: ICMP packet too big");
            return;
        }
        boolean first = v6 && isTunnelFirst(outbound);
        String cut = outbound.templates().isEmpty()
                ? "fragments"
                : first ? "fragments, each through the states" : "fragments behind the states";
        text.under("longer ones: with DF " + (transit ? "ICMP fragmentation needed" : "\"Message too long\"")
                + ", else " + cut);
    }

    private static boolean isTunnelFirst(Outbound outbound) {
        return outbound.templates().stream()
                .flatMap(template ->
                        template.answer() instanceof Answer.Taken taken ? Stream.of(taken.state()) : Stream.empty())
                .findFirst()
                .filter(state -> state.mode().equals(Mode.TUNNEL))
                .isPresent();
    }

    private void print(Inbound inbound, String heading) {
        if (!heading.isEmpty()) {
            text.line(heading, "");
        }
        policy(inbound.policy());
        inbound.policy()
                .taken()
                .forEach(policy ->
                        policy.templates().forEach(template -> text.line("template", ExplainWords.of(template))));
        inbound.ways().forEach(this::way);
        if (inbound.shortened()) {
            text.line("", "there are more states that meet the templates than are tried here");
        }
    }

    private void way(Way way) {
        String size = way.size().isPresent() && !way.chain().isEmpty() && way.form() != Form.COMPRESSED
                ? " (" + way.size().getAsInt() + " bytes)"
                : "";
        text.line("way", ExplainWords.chain(way) + size + ": " + verdict(way.verdict()));
        if (way.verdict() instanceof Verdict.Dropped dropped) {
            text.under(ExplainWords.of(dropped.cause()));
        }
        // How far data is compressed is for the data to say: here it is the best that there is.
        way.rises().states().stream()
                .map(way.form() == Form.COMPRESSED ? ExplainWords::packets : ExplainWords::of)
                .sorted()
                .forEach(rise -> text.under("counts " + rise));
    }

    private static String verdict(Verdict verdict) {
        if (verdict instanceof Verdict.Dropped dropped) {
            return "dropped, " + ExplainWords.of(dropped.counter());
        }
        return verdict instanceof Verdict.Accepted ? "passes" : "cannot be: the states do not fit the packet";
    }

    private void counts(Rises rises) {
        Map<XfrmCounter, Long> sorted = new TreeMap<>(rises.counters());
        String label = "counts";
        for (String rise :
                rises.states().stream().map(ExplainWords::of).sorted().toList()) {
            text.line(label, rise);
            label = "";
        }
        for (Map.Entry<XfrmCounter, Long> rise : sorted.entrySet()) {
            text.line(label, "xfrm_stat: " + rise.getKey() + " " + rise.getValue());
            label = "";
        }
    }
}

package org.xfrmctl.cli.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xfrmctl.datapath.explain.Explanation;
import org.xfrmctl.datapath.explain.Explanation.Cause;
import org.xfrmctl.datapath.explain.Explanation.Fate;
import org.xfrmctl.datapath.explain.Explanation.Hop;
import org.xfrmctl.datapath.explain.Explanation.Inbound;
import org.xfrmctl.datapath.explain.Explanation.Limit;
import org.xfrmctl.datapath.explain.Explanation.Outbound;
import org.xfrmctl.datapath.explain.Explanation.Transit;
import org.xfrmctl.datapath.explain.Explanation.Verdict;
import org.xfrmctl.datapath.explain.Explanation.Way;
import org.xfrmctl.datapath.explain.PolicyChoice;
import org.xfrmctl.datapath.explain.Question;
import org.xfrmctl.datapath.explain.Rises;
import org.xfrmctl.datapath.explain.TemplateAnswer;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;

/** An explanation as JSON: {@code {"packet", "passes", "verdict", "in": …, "out": …}}. docs/JSON.md describes each. */
public final class ExplainJson {
    private ExplainJson() {}

    public static String print(Question question, Explanation explanation, ExplainText.Told told) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("packet", packet(question));
        object.put("passes", explanation.passes());
        if (explanation instanceof Transit transit) {
            object.put("verdict", ExplainVerdict.of(transit));
            doubt(told, object);
            object.put("fwd", of(transit.arrival()));
            object.put("out", of(transit.departure(), told.ways()));
        } else if (explanation instanceof Inbound inbound) {
            object.put("verdict", ExplainVerdict.of(inbound));
            doubt(told, object);
            object.put("in", of(inbound));
        } else if (explanation instanceof Outbound outbound) {
            object.put("verdict", ExplainVerdict.of(outbound));
            doubt(told, object);
            object.put("out", of(outbound, told.ways()));
        }
        return Json.print(object);
    }

    private static void doubt(ExplainText.Told told, Map<String, Object> object) {
        told.doubt().ifPresent(doubt -> object.put("doubt", doubt));
    }

    private static Map<String, Object> packet(Question question) {
        Flow flow = question.flow();
        return Json.object(
                "src", flow.source().toString(),
                "dst", flow.destination().toString(),
                "proto", flow.protocol(),
                "sport", flow.sourcePort(),
                "dport", flow.destinationPort(),
                "size", question.size(),
                "df", question.whole(),
                "mark", Json.unlessZero(question.mark()),
                "if_id",
                        question.ifId().isNone()
                                ? Optional.empty()
                                : Optional.of(question.ifId().toString()),
                "ifindex", Json.unlessZero(question.device()));
    }

    private static Map<String, Object> of(Outbound outbound, String ways) {
        return Json.join(
                policy(outbound.policy()),
                Json.object(
                        "templates",
                                outbound.templates().stream()
                                        .map(ExplainJson::of)
                                        .toList(),
                        "hops", outbound.hops().stream().map(ExplainJson::of).toList(),
                        "mtu", outbound.limit().map(Limit::mtu),
                        "way_mtu", outbound.limit().map(Limit::way),
                        "way", outbound.limit().map(limit -> ways)),
                fate(outbound.fate()),
                rises(outbound.rises()));
    }

    private static Map<String, Object> policy(PolicyChoice choice) {
        return Json.object(
                "policies", choice.taken().stream().map(PolicyJson::of).toList(),
                "default", choice.byDefault() == PolicyAction.BLOCK ? "block" : "accept",
                "other_policies",
                        choice.others().stream()
                                .map(other -> Json.join(
                                        Json.object("because", word(other.reason())), PolicyJson.of(other.policy())))
                                .toList());
    }

    private static Object of(TemplateAnswer template) {
        return Json.object(
                "tmpl", TemplateJson.of(template.template()),
                "src", template.source().toString(),
                "dst", template.destination().toString(),
                "answer", answer(template.answer()),
                "state",
                        template.answer() instanceof TemplateAnswer.Answer.Taken taken
                                ? Optional.of(state(taken.state()))
                                : Optional.empty(),
                "other_states",
                        template.others().stream()
                                .map(other ->
                                        Json.join(Json.object("because", word(other.mismatch())), state(other.state())))
                                .toList());
    }

    private static String answer(TemplateAnswer.Answer answer) {
        if (answer instanceof TemplateAnswer.Answer.Taken) {
            return "taken";
        } else if (answer instanceof TemplateAnswer.Answer.Skipped) {
            return "skipped";
        } else if (answer instanceof TemplateAnswer.Answer.Pending) {
            return "pending";
        }
        return answer instanceof TemplateAnswer.Answer.SpiTaken ? "spi_taken" : "missing";
    }

    private static Map<String, Object> state(XfrmState state) {
        return Json.object(
                "src", state.source().toString(),
                "dst", state.id().destination().toString(),
                "proto", state.id().protocol().toString(),
                "spi", state.id().spi().toString(),
                "reqid", Json.unsigned(state.reqid().bits()),
                "mode", state.mode().toString());
    }

    private static Object of(Hop hop) {
        return Json.object(
                "state", state(hop.state()),
                "size", hop.size(),
                "src", hop.source().toString(),
                "dst", hop.destination().toString(),
                "proto", hop.protocol(),
                "block", hop.block(),
                "encap", hop.encap().map(EncapJson::of),
                "mark", Json.unlessZero(hop.mark()));
    }

    private static Map<String, Object> fate(Fate fate) {
        if (fate instanceof Fate.Leaves leaves) {
            return Json.object("fate", "leaves", "pieces", leaves.pieces(), "cut", word(leaves.cut()));
        } else if (fate instanceof Fate.Dropped dropped) {
            return Json.object(
                    "fate", "dropped",
                    "counter", dropped.counter().map(XfrmCounter::toString),
                    "because", word(dropped.refusal()));
        } else if (fate instanceof Fate.TooLong tooLong) {
            return Json.object(
                    "fate", "too_long", "told_mtu", tooLong.mtu(), "by", tooLong.byIcmp() ? "icmp" : "socket");
        }
        if (fate instanceof Fate.ForThisHost) {
            return Json.object("fate", "for_this_host");
        }
        return Json.object("fate", fate instanceof Fate.Unprotected ? "unprotected" : "unroutable");
    }

    private static Map<String, Object> of(Inbound inbound) {
        return Json.join(
                policy(inbound.policy()),
                Json.object(
                        "ways", inbound.ways().stream().map(ExplainJson::of).toList(),
                        "shortened", inbound.shortened()));
    }

    private static Object of(Way way) {
        return Json.join(
                Json.object(
                        "states", way.chain().stream().map(ExplainJson::state).toList(),
                        "form", word(way.form()),
                        "size", way.size().isPresent() ? Optional.of(way.size().getAsInt()) : Optional.empty()),
                verdict(way.verdict()),
                rises(way.rises()));
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        if (verdict instanceof Verdict.Dropped dropped) {
            return Json.object(
                    "verdict", "dropped",
                    "counter", dropped.counter().map(XfrmCounter::toString),
                    "cause", cause(dropped.cause()),
                    "because", ExplainWords.of(dropped.cause()));
        }
        return Json.object("verdict", verdict instanceof Verdict.Accepted ? "passes" : "impossible");
    }

    private static String cause(Cause cause) {
        return snake(cause.getClass().getSimpleName());
    }

    private static Map<String, Object> rises(Rises rises) {
        Map<String, Object> counters = new LinkedHashMap<>();
        new TreeMap<>(rises.counters()).forEach((counter, more) -> counters.put(counter.toString(), more));
        List<Map<String, Object>> states = rises.states().stream()
                .map(rise -> Json.join(
                        state(rise.state()),
                        Json.object(
                                "bytes",
                                rise.bytes(),
                                "packets",
                                rise.packets(),
                                "errors",
                                Json.unlessZero(rise.errors()))))
                .toList();
        return Json.object("xfrm_stat", counters, "counts", states);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}

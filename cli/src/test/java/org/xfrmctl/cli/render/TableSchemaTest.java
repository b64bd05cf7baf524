package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.engine.Mismatch;
import org.xfrmctl.datapath.explain.Explanation;
import org.xfrmctl.datapath.explain.Question;
import org.xfrmctl.datapath.explain.TemplateAnswer;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** Whatever states, policies, events and explanations say: it is as the schemas have it. */
class TableSchemaTest {
    private static final long SEED = 20261126;
    private static final int ROUNDS = 60;

    private static void valid(String schema, Map<String, Object> json) {
        SchemaFiles.assertValid(schema, Json.print(json));
    }

    @Test
    void samples() {
        for (boolean keys : new boolean[] {false, true}) {
            valid("state", StateJson.of(JsonSamples.plainState(), keys));
            valid("state", StateJson.of(JsonSamples.richState(), keys));
            valid("policy", PolicyJson.of(JsonSamples.plainPolicy(), keys));
            valid("policy", PolicyJson.of(JsonSamples.richPolicy(), keys));
            Stream.concat(JsonSamples.events(), JsonSamples.documentedEvents())
                    .forEach(event -> valid("monitor", EventJson.of(event, keys)));
        }
        SchemaFiles.assertValid("state", Json.print(List.of(StateJson.of(JsonSamples.richState(), false))));
        SchemaFiles.assertValid("policy", Json.print(List.of(PolicyJson.of(JsonSamples.richPolicy()))));
        SchemaFiles.assertValid("state", "[]");
        SchemaFiles.assertValid("policy", "[]");
        valid("state", DeletionsJson.of(5, 0));
        valid("policy", DeletionsJson.of(0, 2));
    }

    @ParameterizedTest(name = "keys {0}")
    @ValueSource(booleans = {false, true})
    void randomTables(boolean keys) {
        RandomRecords random = new RandomRecords(SEED);
        HeardRecords heard = new HeardRecords(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            valid("state", StateJson.of(heard.state(), keys));
            valid("policy", PolicyJson.of(heard.policy(), keys));
            valid("state", CountJson.of(random.value(SadInfo.class)));
            valid("policy", CountJson.of(random.value(SpdInfo.class)));
            valid("policy", DefaultsJson.of(random.value(DefaultPolicies.class)));
        }
    }

    static List<Class<?>> kinds() {
        return List.of(XfrmEvent.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void randomEvents(Class<?> kind) {
        RandomRecords random = new RandomRecords(SEED);
        HeardRecords heard = new HeardRecords(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            HeardEventJson.Circumstances around = new HeardEventJson.Circumstances(
                    round % 2 == 0 ? Optional.of(Instant.ofEpochSecond(1_795_435_200L, round)) : Optional.empty(),
                    random.value(OptionalInt.class),
                    random.value(Integer.class),
                    random.value(Integer.class));

            valid("monitor", HeardEventJson.of(heard.event(kind), around, round % 3 == 0));
        }
    }

    @Test
    void lostEvents() {
        valid("monitor", HeardEventJson.lost(Optional.empty()));
        valid("monitor", HeardEventJson.lost(Optional.of(Instant.parse("2026-11-25T15:00:00Z"))));
    }

    static List<Class<?>> explanations() {
        return List.of(Explanation.class.getPermittedSubclasses());
    }

    /** Whether or not a packet can fare so. */
    @ParameterizedTest
    @MethodSource("explanations")
    void randomExplanations(Class<?> kind) {
        RandomRecords random = RandomRecords.ofSmallNumbers(SEED);
        int passing = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Explanation explanation = (Explanation) random.value((Type) kind);
            while (!isPossible(explanation)) {
                explanation = (Explanation) random.value((Type) kind);
            }
            passing += explanation.passes() ? 1 : 0;

            SchemaFiles.assertValid(
                    "explain",
                    ExplainJson.print(
                            random.value(Question.class),
                            explanation,
                            new ExplainText.Told("the route there", Optional.empty())));
        }
        assertThat(passing).as("seed %s", SEED).isBetween(1, ROUNDS - 1);
    }

    /** The lookup of a state to send by does not ask for what only those to receive by are asked. */
    static boolean isPossible(Explanation explanation) {
        if (explanation instanceof Explanation.Transit transit) {
            return isPossible(transit.departure());
        }
        return !(explanation instanceof Explanation.Outbound outbound)
                || outbound.templates().stream()
                        .flatMap(template -> template.others().stream())
                        .map(TemplateAnswer.PassedOver::mismatch)
                        .noneMatch(Set.of(Mismatch.IMPLIED, Mismatch.ALGORITHM)::contains);
    }
}

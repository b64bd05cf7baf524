package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.datapath.explain.Explanation;
import org.xfrmctl.datapath.explain.Question;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** A schema is worth something only if it refuses: whatever is wrong in one place is wrong in the whole. */
class ClosedSchemaTest {
    private static final long SEED = 20261126;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Something that is printed, and the schema that it has. */
    record Output(String schema, JsonNode json) {
        static Output of(String schema, Map<String, Object> json) {
            return parsed(schema, Json.print(json));
        }

        static Output parsed(String schema, String json) {
            try {
                return new Output(schema, JSON.readTree(json));
            } catch (JsonProcessingException e) {
                throw new AssertionError(json, e);
            }
        }
    }

    static Stream<Output> outputs() {
        RandomRecords random = new RandomRecords(SEED);
        HeardRecords heard = new HeardRecords(SEED);
        RandomRecords small = RandomRecords.ofSmallNumbers(SEED);
        List<Output> outputs = new ArrayList<>();
        outputs.add(Output.of("state", StateJson.of(JsonSamples.richState(), true)));
        outputs.add(Output.of("policy", PolicyJson.of(JsonSamples.richPolicy(), true)));
        outputs.add(Output.of("state", CountJson.of(random.value(SadInfo.class))));
        outputs.add(Output.of("policy", CountJson.of(random.value(SpdInfo.class))));
        outputs.add(Output.of("policy", DefaultsJson.of(random.value(DefaultPolicies.class))));
        outputs.add(Output.of("state", DeletionsJson.of(2, 1)));
        outputs.add(Output.of("policy", DeletionsJson.of(2, 1)));
        JsonSamples.events().forEach(event -> outputs.add(Output.of("monitor", EventJson.of(event, true))));
        for (Class<?> kind : XfrmEvent.class.getPermittedSubclasses()) {
            outputs.add(Output.of("monitor", EventJson.of(heard.event(kind), true)));
        }
        for (int round = 0; round < 4; round++) {
            outputs.add(Output.of("state", StateJson.of(heard.state(), true)));
            outputs.add(Output.of("policy", PolicyJson.of(heard.policy(), true)));
        }
        Stream.generate(() -> small.value(Explanation.class))
                .filter(TableSchemaTest::isPossible)
                .limit(6)
                .map(explanation -> ExplainJson.print(
                        small.value(Question.class), explanation, new ExplainText.Told("so", Optional.of("a rule"))))
                .forEach(json -> outputs.add(Output.parsed("explain", json)));
        return outputs.stream();
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void whatIsWrongSomewhereIsRefused(Output output) {
        List<String> accepted = new ArrayList<>();
        assertThat(SchemaFiles.accepts(output.schema, output.json)).isTrue();

        int tried = spoil(output, output.json, accepted);

        assertThat(accepted).as("accepted of %s, seed %s", output.json, SEED).isEmpty();
        assertThat(tried).isGreaterThan(3);
    }

    /** Spoils the document in each place of this part of it, and mends it; how often. */
    private static int spoil(Output output, JsonNode part, List<String> accepted) {
        int tried = 0;
        if (part instanceof ObjectNode object) {
            object.put("unheard_of", 1);
            tried += check(output, "another member", accepted);
            object.remove("unheard_of");
            for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
                for (JsonNode wrong : wrong(member.getValue())) {
                    object.set(member.getKey(), wrong);
                    tried += check(output, member.getKey() + " " + wrong, accepted);
                }
                object.set(member.getKey(), member.getValue());
                tried += spoil(output, member.getValue(), accepted);
            }
        } else if (part instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode element = array.get(i);
                for (JsonNode wrong : wrong(element)) {
                    array.set(i, wrong);
                    tried += check(output, "element " + i + " " + wrong, accepted);
                }
                array.set(i, element);
                tried += spoil(output, element, accepted);
            }
        }
        return tried;
    }

    /** What a value cannot be instead: null, a number with sign or fraction, another type. */
    private static List<JsonNode> wrong(JsonNode value) {
        List<JsonNode> wrong = new ArrayList<>(List.of(
                JSON.nullNode(),
                JSON.getNodeFactory().numberNode(-1),
                JSON.getNodeFactory().numberNode(1.5)));
        wrong.add(
                value.isTextual()
                        ? JSON.createObjectNode()
                        : JSON.getNodeFactory().textNode("word"));
        return wrong;
    }

    private static int check(Output output, String what, List<String> accepted) {
        if (SchemaFiles.accepts(output.schema, output.json)) {
            accepted.add(what);
        }
        return 1;
    }

    @Test
    void alternativesAreNotMixed() {
        Output hard = Output.parsed("monitor", "{\"event\": \"states-flushed\", \"proto\": \"esp\"}");
        assertThat(SchemaFiles.accepts("monitor", hard.json)).isTrue();
        ((ObjectNode) hard.json).put("hard", true);

        assertThat(SchemaFiles.accepts("monitor", hard.json)).isFalse();
        assertThat(SchemaFiles.accepts("monitor", Output.parsed("monitor", "{\"event\": \"lost\", \"nsid\": 1}").json))
                .isFalse();
        assertThat(SchemaFiles.accepts("state", Output.parsed("state", "{\"in\": \"block\"}").json))
                .isFalse();
    }
}

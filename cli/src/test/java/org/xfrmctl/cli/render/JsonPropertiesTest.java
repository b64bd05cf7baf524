package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.cli.render.Variations.Variation;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** What holds for the JSON of every value: it says all that the value says, and no key. */
class JsonPropertiesTest {
    private static final long SEED = 20261123;
    private static final int ROUNDS = 8;
    private static final int MOST_ROUNDS = 200;
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A type of values, and their JSON with and without keys. */
    record Subject<T>(Class<T> type, BiFunction<T, Boolean, Map<String, Object>> renderer) {
        Map<String, Object> json(Object value, boolean showKeys) {
            return renderer.apply(type.cast(value), showKeys);
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    private static final Subject<XfrmState> STATES = new Subject<>(XfrmState.class, StateJson::of);

    static Stream<Subject<?>> subjects() {
        return Stream.concat(
                Stream.of(
                        STATES,
                        new Subject<>(XfrmPolicy.class, PolicyJson::of),
                        new Subject<>(Selector.class, (selector, keys) -> SelectorJson.of(selector)),
                        new Subject<>(SadInfo.class, (info, keys) -> CountJson.of(info)),
                        new Subject<>(SpdInfo.class, (info, keys) -> CountJson.of(info)),
                        new Subject<>(DefaultPolicies.class, (defaults, keys) -> DefaultsJson.of(defaults))),
                Stream.of(XfrmEvent.class.getPermittedSubclasses())
                        .map(type -> new Subject<>(type, (event, keys) -> EventJson.of((XfrmEvent) event, keys))));
    }

    /**
     * The components in which two values can differ while their JSON with keys is the same, or their JSON without keys
     * is the same though it is no key that differs; and with {@code !} the keys on which JSON without keys depends.
     *
     * @param untried components to be varied; those that were not remain
     */
    private static Set<String> confused(Subject<?> subject, Set<String> untried) {
        RandomRecords random = new RandomRecords(SEED);
        Variations variations = new Variations(random);
        Set<String> confused = new TreeSet<>();
        for (int round = 0; round < ROUNDS || (!untried.isEmpty() && round < MOST_ROUNDS); round++) {
            Object value = random.value(subject.type());
            Map<String, Object> shown = subject.json(value, true);
            Map<String, Object> hidden = subject.json(value, false);
            for (Variation variation : variations.of(value, subject.type())) {
                variation.path().forEach(untried::remove);
                String path = String.join(" ", variation.path());
                if (subject.json(variation.value(), true).equals(shown)) {
                    confused.add(path);
                }
                if (subject.json(variation.value(), false).equals(hidden) != variation.secret()) {
                    confused.add((variation.secret() ? "!" : "") + path);
                }
            }
        }
        return confused;
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everyComponentMakesADifferenceAndNoKeyDoesUnlessShown(Subject<?> subject) {
        Set<String> untried = new TreeSet<>(Variations.places(subject.type()));
        if (subject.type() == XfrmEvent.Migrated.class) {
            // It refuses a policy with a mark.
            untried.removeAll(Set.of("PolicyKey.mark", "Mark.value", "Mark.mask"));
        } else if (subject.type() == XfrmEvent.StateMoved.class) {
            // It refuses a device.
            untried.removeAll(Set.of("Placement.offload", "Offload.ifindex", "Offload.flags"));
        }

        assertThat(confused(subject, untried)).as("seed %s", SEED).isEmpty();
        assertThat(untried)
                .as("components that were never varied, seed %s", SEED)
                .isEmpty();
    }

    /** The property above is worth something only if it fails when a member is forgotten. */
    @Test
    void aForgottenMemberIsNoticed() {
        Subject<XfrmState> forgetful = new Subject<>(XfrmState.class, (state, keys) -> {
            Map<String, Object> json = StateJson.of(state, keys);
            json.remove("tfcpad");
            return json;
        });

        assertThat(confused(forgetful, new TreeSet<>()))
                .containsExactly("XfrmState.options StateOptions.extras StateExtras.tfcPad");
    }

    @Test
    void aKeyThatShowsIsNoticed() {
        Subject<XfrmState> talkative = new Subject<>(XfrmState.class, (state, keys) -> StateJson.of(state, true));

        assertThat(confused(talkative, new TreeSet<>()))
                .contains(
                        "!XfrmState.algorithms Aead.key",
                        "!XfrmState.algorithms Authentication.key",
                        "!XfrmState.algorithms Encryption.key",
                        "!XfrmState.options StateOptions.other RawAttribute.payload");
    }

    /** And if any other member of a state were forgotten, that would be noticed too: no two of them say the same. */
    @Test
    void everyMemberOfAStateIsNeededButTheOneThatFollowsFromTheProtocol() {
        RandomRecords random = new RandomRecords(SEED);
        Set<String> members = new TreeSet<>();
        Set<String> needed = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            XfrmState state = random.value(XfrmState.class);
            Map<String, Object> json = StateJson.of(state, true);
            for (Variation variation : new Variations(random).of(state, XfrmState.class)) {
                Map<String, Object> other = StateJson.of((XfrmState) variation.value(), true);
                Set<String> different = Stream.concat(json.keySet().stream(), other.keySet().stream())
                        .filter(member -> !Objects.equals(json.get(member), other.get(member)))
                        .collect(Collectors.toSet());
                members.addAll(other.keySet());
                needed.addAll(different.size() == 1 ? different : Set.of());
            }
        }

        members.removeAll(needed);
        assertThat(members).as("seed %s", SEED).containsExactly("implied");
        assertThat(needed).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void allOfItIsJsonWithoutSigns(Subject<?> subject) throws JsonProcessingException {
        RandomRecords random = new RandomRecords(SEED);
        for (int round = 0; round < 3 * ROUNDS; round++) {
            Map<String, Object> json = subject.json(random.value(subject.type()), round % 2 == 0);
            JsonNode page = STRICT.readTree(Json.print(json));

            assertThat(Json.printLine(json)).as("seed %s round %s", SEED, round).doesNotContain("\n", "\r");
            assertThat(STRICT.readTree(Json.printLine(json))).isEqualTo(page);
            assertThat(numbers(page))
                    .allMatch(number -> number.bigIntegerValue().signum() >= 0);
        }
    }

    private static Stream<JsonNode> numbers(JsonNode node) {
        return node.isNumber() ? Stream.of(node) : node.valueStream().flatMap(JsonPropertiesTest::numbers);
    }

    /** Eight bytes do not come together by chance. */
    @Test
    void keysStandInHexWhereAskedForAndNowhereElse() {
        RandomRecords random = new RandomRecords(SEED);
        int windows = 0;
        for (int round = 0; round < 10 * ROUNDS; round++) {
            XfrmState state = random.value(XfrmState.class);
            String shown = Json.print(StateJson.of(state, true));
            String hidden = Json.print(StateJson.of(state, false)).toLowerCase(Locale.ROOT);
            for (Algorithm algorithm : state.algorithms()) {
                String key = algorithm.key().revealHex();
                assertThat(shown).contains(key);
                for (int at = 0; at + 16 <= key.length(); at += 2) {
                    windows++;
                    assertThat(hidden.contains(key.substring(at, at + 16)))
                            .as("seed %s round %s", SEED, round)
                            .isFalse();
                }
            }
        }

        assertThat(windows).isGreaterThan(1000);
    }
}

package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** To the letter: whoever changes these files changes what other people's programs read. */
class JsonGoldenTest {
    private static String golden(String name) {
        try (InputStream file = JsonGoldenTest.class.getResourceAsStream("/json/" + name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    @Test
    void aStateWithEverything() {
        assertThat(Json.print(StateJson.of(JsonSamples.richState(), false)) + "\n")
                .isEqualTo(golden("state.json"));
    }

    @Test
    void aStateWithEverythingAndItsKeys() {
        assertThat(Json.print(StateJson.of(JsonSamples.richState(), true)) + "\n")
                .isEqualTo(golden("state-keys.json"));
    }

    @Test
    void aPolicyWithEverything() {
        assertThat(Json.print(PolicyJson.of(JsonSamples.richPolicy())) + "\n").isEqualTo(golden("policy.json"));
    }

    @Test
    void anEventOfEachKind() {
        Set<Class<?>> kinds = JsonSamples.events().map(Object::getClass).collect(Collectors.toSet());

        assertThat(kinds).containsExactlyInAnyOrder(XfrmEvent.class.getPermittedSubclasses());
        assertThat(JsonSamples.events()
                        .map(event -> Json.printLine(EventJson.of(event, false)) + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(golden("events.jsonl"));
    }

    @Test
    void countsAndDefaults() {
        SpdInfo policies = new SpdInfo(
                new SpdInfo.Counts(1, 2, 3),
                new SpdInfo.Counts(4, 5, -1),
                new SpdInfo.Hash(7, 1_048_576, new SpdInfo.Threshold(32, 32), new SpdInfo.Threshold(128, 64)));

        assertThat(Stream.of(CountJson.of(new SadInfo(3, 8, 1_048_576)), CountJson.of(policies))
                        .map(Json::printLine))
                .containsExactly(
                        "{\"states\":3,\"buckets\":8,\"max_buckets\":1048576}",
                        "{\"policies\":{\"in\":1,\"out\":2,\"fwd\":3},"
                                + "\"socket_policies\":{\"in\":4,\"out\":5,\"fwd\":4294967295},"
                                + "\"hash\":{\"mask\":7,\"max_buckets\":1048576,"
                                + "\"ipv4\":{\"local\":32,\"remote\":32},\"ipv6\":{\"local\":128,\"remote\":64}}}");
    }
}

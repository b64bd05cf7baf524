package org.xfrmctl.it.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** Ways by mark, port, source, link and table, and by an XFRM interface. One boot of QEMU's kernel, which has those. */
class ExplainRoutesIT {
    private static final Map<String, JsonNode> RECORDS = new HashMap<>();

    /** By its socket, or by an XFRM interface. */
    private static final Pattern REFUSED = Pattern.compile("(?i)too long|frag needed");

    @TempDir
    private static Path results;

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        GuestRun run = RealKernel.qemu()
                .run(
                        GuestJava.command(ExplainRoutesProof.class, List.of(results.toString())),
                        results,
                        Duration.ofMinutes(20));
        assertThat(run.exitStatus()).as(run.console() + run.stdout()).isZero();
        for (String file : List.of("routes.json", "arrivals.json")) {
            new ObjectMapper()
                    .readTree(results.resolve(file).toFile())
                    .forEach(record -> RECORDS.put(record.path("name").asText(), record));
        }
    }

    static List<RouteCase> all() {
        return RouteCase.all();
    }

    static List<RouteCase> pinged() {
        return RouteCase.all().stream().filter(each -> !each.ping().isEmpty()).toList();
    }

    private static JsonNode record(RouteCase each) {
        return Objects.requireNonNull(RECORDS.get(each.name()), each.name());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theAnswerFollowsTheRules(RouteCase each) {
        JsonNode live = record(each).path("live");
        assertThat(live.path("verdict").asText()).as("%s", live).contains(each.verdict());
        assertThat(live.path("out").path("way_mtu").asInt())
                .as("%s", live)
                .isEqualTo(each.way().orElse(0));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aSnapshotTellsTheSame(RouteCase each) {
        JsonNode saved = record(each).path("saved");
        assertThat(saved.toString().replace("a saved route", "the route there"))
                .isEqualTo(record(each).path("live").toString());
    }

    /** What is told to fit is sent, and one byte more is not. */
    @ParameterizedTest
    @MethodSource("pinged")
    void theKernelDoesSo(RouteCase each) {
        assertThat(record(each).path("fits").asText()).doesNotContainPattern(REFUSED);
        assertThat(record(each).path("exceeds").asText()).containsPattern(REFUSED);
    }

    static List<ArrivalCase> arrivals() {
        return ArrivalCase.all();
    }

    /** Who comes by an interface is held against policies with its if_id, and none else. */
    @ParameterizedTest
    @MethodSource("arrivals")
    void whatArrivesIsHeldAgainstThePoliciesOfItsInterface(ArrivalCase each) {
        JsonNode record = Objects.requireNonNull(RECORDS.get(each.name()), each.name());
        boolean taken = each.counter().isEmpty();
        assertThat(record.path("told").path("in").path("ways")).as("%s", record).anySatisfy(way -> {
            assertThat(way.path("states").path(0).path("spi").asText()).isEqualTo(each.spi());
            assertThat(way.path("verdict").asText()).isEqualTo(taken ? "passes" : "dropped");
            assertThat(way.path("xfrm_stat")).isEqualTo(record.path("rises"));
        });
        assertThat(record.path("taken").asInt()).isEqualTo(taken ? 1 : 0);
        assertThat(record.path("rises").fieldNames())
                .toIterable()
                .isEqualTo(taken ? List.of() : List.of(each.counter()));
    }
}

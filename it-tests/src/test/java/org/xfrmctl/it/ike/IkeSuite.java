package org.xfrmctl.it.ike;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xfrmctl.it.ike.IkeSeen.Count;

/** What must be said of any daemon's states. */
abstract class IkeSuite {
    private static final List<String> SIX =
            List.of("IPComp out", "IPIP out", "ESP out", "ESP in", "IPComp in", "IPIP in");

    private static final long SMALL = 84;
    private static final long LARGE = 1028;

    abstract IkeSeen seen();

    abstract Path results();

    /** What the daemon itself says that moon's ESP state to sun ({@code out}) or from it has counted, in bytes. */
    abstract long byDaemon(boolean out);

    @ParameterizedTest
    @MethodSource("hosts")
    void countersAreThoseOfIpAndNoStateIsLeftOut(String host) {
        assertThat(seen().ofIp(host + " ip healthy")).isNotEmpty();
        assertThat(seen().counts(host + " counters healthy")).isEqualTo(seen().ofIp(host + " ip healthy"));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void eachFlowHasItsSixStatesInTheOrderOfPackets(String host) {
        assertThat(seen().tables(host + " counters healthy")).isNotEmpty().allMatch(SIX::equals);
    }

    @Test
    void theDaemonSaysTheSame() {
        Map<String, Count> rows = seen().table("moon counters healthy");

        assertThat(rows.getOrDefault("ESP out", Count.NONE).bytes())
                .isEqualTo(byDaemon(true))
                .isPositive();
        assertThat(rows.getOrDefault("ESP in", Count.NONE).bytes())
                .isEqualTo(byDaemon(false))
                .isPositive();
    }

    /** What was compressed and what was too small for it; either way the gain is that of both ends. */
    @Test
    void eachPacketIsCountedWhereTheNotesSay() {
        long packets = IkeSteps.SMALL + IkeSteps.LARGE;
        for (String host : List.of("moon", "sun")) {
            Map<String, Count> rises =
                    IkeSeen.rises(seen().table(host + " counters first"), seen().table(host + " counters healthy"));
            Count out = rises.getOrDefault("ESP out", Count.NONE);

            assertThat(rises.get("IPComp out"))
                    .isEqualTo(new Count(IkeSteps.SMALL * SMALL + IkeSteps.LARGE * LARGE, packets));
            assertThat(rises.get("IPIP out")).isEqualTo(new Count(0, 0));
            assertThat(rises.get("IPComp in")).isEqualTo(new Count(IkeSteps.LARGE * LARGE, IkeSteps.LARGE));
            assertThat(rises.get("IPIP in")).isEqualTo(new Count(IkeSteps.SMALL * SMALL, IkeSteps.SMALL));
            // A request and its answer need not be compressed to the same length.
            assertThat(rises.getOrDefault("ESP in", Count.NONE).packets()).isEqualTo(packets);
            assertThat(out.packets()).isEqualTo(packets);
            assertThat(out.bytes())
                    .isBetween(IkeSteps.SMALL * SMALL, IkeSteps.SMALL * SMALL + IkeSteps.LARGE * LARGE / 2);
        }
        assertThat(seen().table("moon counters healthy").get("ESP out"))
                .isEqualTo(seen().table("sun counters healthy").get("ESP in"));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void theDrawingHasTheSame(String host) throws Exception {
        String text = seen().out(host + " flow healthy");
        Document picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(results().resolve(host + "-healthy.svg").toFile());
        String drawn = picture.getDocumentElement().getTextContent();

        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(text).contains("IPComp 0x", "ESP 0x", "IPIP 0x");
        for (JsonNode child : seen().json(host + " counters healthy")) {
            assertThat(text).contains(child.path("child").asText());
            for (JsonNode row : child.path("rows")) {
                if (row.path("state").asText().equals("IPIP out")) {
                    // No packet's way.
                    continue;
                }
                String counts = row.path("packets").asLong() + " packet";
                assertThat(text).contains(row.path("spi").asText(), counts);
                assertThat(drawn).contains(row.path("spi").asText(), counts);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aHealthyHostHasNoFindings(String host) {
        assertThat(seen().findings(host + " doctor healthy")).isEmpty();
    }

    @Test
    void whatIsExplainedHappens() {
        explained("moon", "one");
    }

    /** A packet goes out and its answer comes in: the states count what was said. */
    void explained(String host, String ping) {
        JsonNode out = seen().json(host + " explain out");
        JsonNode back = seen().json(host + " explain back");
        assertThat(out.path("passes").asBoolean()).as(out.toString()).isTrue();
        assertThat(back.path("passes").asBoolean()).as(back.toString()).isTrue();
        assertThat(seen().text("ping " + ping)).isEqualTo("answered");

        Map<String, Count> said = new TreeMap<>(saidCounts(out.path("out").path("counts")));
        JsonNode in = back.has("fwd") ? back.path("fwd") : back.path("in");
        for (JsonNode way : in.path("ways")) {
            if (way.path("verdict").asText().equals("passes")
                    && way.path("form").asText().equals("uncompressed")) {
                said.putAll(saidCounts(way.path("counts")));
            }
        }
        Map<String, Count> rises = IkeSeen.rises(
                seen().counts(host + " counters before one"), seen().counts(host + " counters after one"));
        rises.values().removeIf(count -> count.packets() == 0);
        assertThat(rises).hasSize(4).isEqualTo(said);
    }

    private static Map<String, Count> saidCounts(JsonNode states) {
        Map<String, Count> counts = new TreeMap<>();
        states.forEach(state -> counts.put(IkeSeen.key(state), IkeSeen.count(state)));
        return counts;
    }

    @Test
    void whatClaimsToComeFromTheTunnelIsDroppedAsWasExplained() {
        JsonNode clear =
                seen().json("moon explain naked").path("fwd").path("ways").path(0);
        assertThat(clear.path("form").asText()).isEqualTo("plain");
        assertThat(clear.path("counter").asText()).isEqualTo("XfrmInTmplMismatch");

        assertThat(seen().text("ping naked")).isEqualTo("not answered");
        Map<String, Long> before = seen().statistics("moon xfrm_stat before naked");
        Map<String, Long> rises = new TreeMap<>(seen().statistics("moon xfrm_stat after naked"));
        rises.replaceAll((counter, value) -> value - before.getOrDefault(counter, 0L));
        rises.values().removeIf(value -> value == 0);
        assertThat(rises).isEqualTo(Map.of("XfrmInTmplMismatch", 1L));
    }

    @Test
    void theDoctorFindsAndMendsAMissingForwardPolicy() {
        assertThat(seen().text("ping without fwd")).isEqualTo("not answered");
        assertThat(seen().findings("moon doctor without fwd")).containsExactly("missing-fwd");
        assertThat(seen().text("ping with fwd")).isEqualTo("answered");
        assertThat(seen().findings("moon doctor with fwd")).isEmpty();
    }

    /** While its states are there, a dead daemon harms nobody yet; then nobody makes new ones. */
    @Test
    void theDoctorFindsWhatADeadDaemonLeaves() {
        assertThat(seen().findings("sun doctor killed")).isEmpty();
        assertThat(seen().text("ping without states")).isEqualTo("not answered");
        assertThat(seen().findings("sun doctor without states")).isNotEmpty().containsOnly("no-state");
    }
}

package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.cbc;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.Mode;

/** What a kernel counted (results/*.txt), row by row: the tables are read, and each row is done again. */
class CapturedResultsTest {
    private static final Path RESULTS = Path.of("src/test/resources/org/xfrmctl/datapath/results");
    private static final Pattern STATE = Pattern.compile("(\\w+)/\\w+ spi=0x(\\w+) B=(\\d+) P=(\\d+)");
    /** How many bytes the time stamp of a ping may add to what is left of it, or save. */
    private static final int COMPRESSION = 16;

    /** Lines from one heading to the next, the heading first. */
    private static List<List<String>> sections(String file, String heading) {
        List<List<String>> sections = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(RESULTS.resolve(file))) {
                if (line.startsWith(heading)) {
                    sections.add(new ArrayList<>());
                }
                if (!sections.isEmpty()) {
                    sections.get(sections.size() - 1).add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sections;
    }

    static List<List<String>> pings() {
        List<List<String>> pings = new ArrayList<>();
        for (List<String> section : sections("result-counters.txt", "=== ")) {
            IntStream.range(0, section.size())
                    .filter(i -> section.get(i).startsWith("  -- size "))
                    .forEach(i ->
                            pings.add(List.of(section.get(0), section.get(i), section.get(i + 1), section.get(i + 2))));
        }
        assertThat(pings).hasSize(27);
        return pings;
    }

    @ParameterizedTest
    @MethodSource("pings")
    void pingsAreCountedAsTheyWere(List<String> row) {
        String title = row.get(0).substring(4);
        Gateways.Plan plan = Gateways.Plan.of(title.startsWith("v6"));
        Gateways gateways = gateways(title.substring(3), plan);
        int size = Integer.parseInt(row.get(1).substring("  -- size ".length()));
        boolean tunnel = title.contains("tunnel");

        assertThat(gateways.carol
                        .ping(PingOptions.of(ip(tunnel ? plan.alice() : plan.moon()), size))
                        .received())
                .isEqualTo(1);
        assertCounted(gateways.carol, row.get(2), title);
        assertCounted(gateways.moon, row.get(3), title);
    }

    private static Gateways gateways(String transforms, Gateways.Plan plan) {
        Gateways gateways = Gateways.withoutAlice();
        return switch (transforms) {
            case "ESP gcm tunnel" -> gateways.espTunnel(plan);
            case "ESP gcm transport" -> gateways.espTransport(plan, gcm(128));
            case "ESP cbc transport" -> gateways.espTransport(plan, cbc("hmac(sha256)", 32, 128));
            case "comp tunnel + esp transport" -> gateways.compressed(plan, Mode.TUNNEL);
            case "comp transport + esp transport" -> gateways.compressed(plan, Mode.TRANSPORT);
            default -> throw new IllegalArgumentException(transforms);
        };
    }

    private static void assertCounted(Host host, String row, String title) {
        Map<String, String> ours = Gateways.counters(host);
        List<MatchResult> states = STATE.matcher(row).results().toList();
        assertThat(ours).as(row).hasSameSizeAs(states);
        for (MatchResult state : states) {
            String name = name(state.group(1), state.group(2));
            String[] counted = ours.getOrDefault(name, "none/none").split("/", -1);
            assertThat(counted[1]).as("packets of %s in %s", name, row).isEqualTo(state.group(4));
            int bytes = Integer.parseInt(state.group(3));
            boolean compressed = title.startsWith("comp", 3) && state.group(1).equals("esp");
            int fuzzy = compressed ? COMPRESSION * Integer.parseInt(state.group(4)) : 0;
            assertThat(Integer.parseInt(counted[0]))
                    .as("bytes of %s in %s", name, row)
                    .isBetween(bytes - fuzzy, bytes + fuzzy);
        }
        assertThat(row).endsWith("STAT {}");
        assertThat(Gateways.statistics(host)).isEmpty();
    }

    /** As {@link Gateways#counters} names it. IPv6 numbers its implied states; the kernel had made others before. */
    private static String name(String protocol, String spi) {
        return switch (protocol) {
            case "ipip" -> "4:" + spi;
            case "ip6ip6" -> "41:" + (2 - Integer.parseInt(spi, 16) % 2);
            default -> spi;
        };
    }
}

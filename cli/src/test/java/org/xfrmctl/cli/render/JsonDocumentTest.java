package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** docs/JSON.md shows what is printed, and lists each member and no other. */
class JsonDocumentTest {
    private static final long SEED = 42;
    private static final int ROUNDS = 60;
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private final JsonPage page = new JsonPage();

    @Test
    void theExamplesAreWhatIsPrinted() {
        String events = JsonSamples.documentedEvents()
                .map(event -> Json.printLine(HeardEventJson.of(event, around(event), false)))
                .collect(Collectors.joining("\n"));

        assertThat(EXAMPLE.matcher(page.text())
                        .results()
                        .map(match -> match.group(1).strip()))
                .containsExactly(
                        Json.print(StateJson.of(JsonSamples.plainState(), false)),
                        Json.print(PolicyJson.of(JsonSamples.plainPolicy())),
                        events,
                        Json.print(CountJson.of(new SadInfo(3, 8, 1 << 20))),
                        Json.print(DefaultsJson.of(new DefaultPolicies(2, 1, 2))),
                        Json.print(DeletionsJson.of(5, 0)),
                        Json.print(MtuJson.of(MtuSamples.plain())),
                        ProbeJson.print(ProbeSamples.placeTwo()));
    }

    /** What the kernel does by itself is caused by no request. */
    private static HeardEventJson.Circumstances around(XfrmEvent event) {
        boolean asked = event instanceof XfrmEvent.StatesFlushed;
        return new HeardEventJson.Circumstances(Optional.empty(), OptionalInt.empty(), asked ? 1 : 0, asked ? 4711 : 0);
    }

    @Test
    void whatStandsAroundAnEventIsListed() {
        HeardEventJson.Circumstances all = new HeardEventJson.Circumstances(
                Optional.of(Instant.parse("2026-11-25T15:00:00Z")), OptionalInt.of(3), 1, 4711);
        XfrmEvent flush = new XfrmEvent.StatesFlushed(IpProtocol.ESP);
        Map<String, Object> line = HeardEventJson.of(flush, all, false);

        assertThat(line.keySet()).containsExactly("event", "time", "nsid", "request", "proto");
        assertThat(page.text()).contains("| `time` |", "| `nsid` |", "| `request.seq` |", "| `request.pid` |");
        assertThat(page.text()).contains(Json.printLine(HeardEventJson.lost(Optional.empty())));
    }

    @Test
    void everyMemberIsListedAndNoOther() {
        RandomRecords random = new RandomRecords(SEED);
        Map<String, Set<String>> printed = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            collect("state", StateJson.of(random.value(XfrmState.class), true), printed);
            collect("policy", PolicyJson.of(random.value(XfrmPolicy.class), true), printed);
            collect("counts", CountJson.of(random.value(SadInfo.class)), printed);
            collect("counts", CountJson.of(random.value(SpdInfo.class)), printed);
            collect("defaults", DefaultsJson.of(random.value(DefaultPolicies.class)), printed);
            collect("deletions", DeletionsJson.of(2, 1), printed);
        }

        MtuSamples.all().forEach(report -> collect("mtu", MtuJson.of(report), printed));
        ProbeSamples.all().forEach(report -> collect("probe", ProbeJson.of(report), printed));

        Map<String, Set<String>> listed = new TreeMap<>();
        page.members().forEach((section, members) -> listed.put(section, members.keySet()));
        assertThat(listed).as("seed %s", SEED).isEqualTo(printed);
    }

    @Test
    void everyEventIsListedWithItsMembers() {
        RandomRecords random = new RandomRecords(SEED);
        Set<Set<String>> printed = new LinkedHashSet<>();
        for (Class<?> kind : XfrmEvent.class.getPermittedSubclasses()) {
            Set<String> members = new TreeSet<>();
            for (int round = 0; round < ROUNDS; round++) {
                Map<String, Object> json = EventJson.of((XfrmEvent) random.value((Type) kind), true);
                members.add("event " + json.remove("event"));
                Map<String, Set<String>> sections = new TreeMap<>();
                collect("event", json, sections);
                members.addAll(sections.getOrDefault("event", Set.of()));
            }
            printed.add(members);
        }

        assertThat(page.events()).as("seed %s", SEED).isEqualTo(printed);
    }

    /** The names of members by the object that they belong to; with dots in what has no table of its own. */
    private static void collect(String section, Map<?, ?> json, Map<String, Set<String>> names) {
        collect(section, "", json, names);
    }

    private static void collect(String section, String prefix, Map<?, ?> json, Map<String, Set<String>> names) {
        json.forEach((key, value) -> {
            String name = prefix + key;
            List<Map<?, ?>> inner = objects(value);
            if (JsonPage.PARTS.contains(name)) {
                inner.forEach(each -> collect(name, each, names));
            } else {
                inner.forEach(each -> collect(section, name + ".", each, names));
            }
            if (JsonPage.PARTS.contains(name) || inner.isEmpty()) {
                names.computeIfAbsent(section, any -> new TreeSet<>()).add(name);
            }
        });
    }

    private static List<Map<?, ?>> objects(Object value) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (value instanceof Map<?, ?> object) {
            objects.add(object);
        } else if (value instanceof List<?> list) {
            list.forEach(each -> objects.addAll(objects(each)));
        }
        return objects;
    }
}

package org.xfrmctl.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.manager.doctor.Doctor;
import org.xfrmctl.manager.doctor.PathFinding;

/** Each finding is provoked, found, mended as was suggested, and gone. One boot of QEMU's kernel, which has nftables. */
class DoctorIT {
    private static final Map<String, JsonNode> RECORDS = new HashMap<>();

    private static final Set<String> NOTES =
            Set.of("learnt-mtu", "small-mtu", "mixed-ipcomp", "open-default", Doctor.NOT_EXAMINED);

    @TempDir
    private static Path results;

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        GuestRun run = RealKernel.qemu()
                .run(
                        GuestJava.command(DoctorProof.class, List.of(results.toString())),
                        results,
                        Duration.ofMinutes(20));
        assertThat(run.exitStatus()).as(run.console() + run.stdout()).isZero();
        new ObjectMapper()
                .readTree(results.resolve("doctor.json").toFile())
                .forEach(record -> RECORDS.put(record.path("name").asText(), record));
    }

    static List<DoctorCase> cases() {
        return DoctorCase.all();
    }

    static List<DoctorCase> harmful() {
        return DoctorCase.all().stream()
                .filter(each -> each.harm() != DoctorCase.Harm.NONE)
                .toList();
    }

    private static JsonNode record(String name) {
        return Objects.requireNonNull(RECORDS.get(name), name);
    }

    /** Of rules that give nothing but notes the notes, of others all else: a counter that rose once goes on to be one. */
    private static List<JsonNode> findings(DoctorCase each, String when) {
        List<JsonNode> worse = findings(each.name(), when);
        if (!NOTES.contains(each.rule())) {
            return worse;
        }
        List<JsonNode> all = new ArrayList<>();
        record(each.name()).path(when).forEach(all::add);
        return all;
    }

    private static List<JsonNode> findings(String name, String when) {
        List<JsonNode> findings = new ArrayList<>();
        record(name).path(when).forEach(finding -> {
            if (!finding.path("severity").asText().equals("note")) {
                findings.add(finding);
            }
        });
        return findings;
    }

    /** Whoever adds a rule shows it on a real kernel. */
    @Test
    void eachRuleHasACase() {
        Set<String> rules = new TreeSet<>(Doctor.names());
        rules.add(PathFinding.NAME);
        assertThat(DoctorCase.all().stream().map(DoctorCase::rule).distinct())
                .containsExactlyInAnyOrderElementsOf(rules);
    }

    /** What a packet shows: lost, or in clear, until it is mended. */
    @ParameterizedTest
    @MethodSource("harmful")
    void itDoesHarmUntilItIsMended(DoctorCase each) {
        assertThat(record(each.name()).path("harmBefore").asBoolean()).isTrue();
        assertThat(record(each.name()).path("harmAfter").asBoolean()).isFalse();
    }

    @Test
    void aHealthyHostHasNoFindings() {
        assertThat(record("healthy").path("before"))
                .extracting(finding -> finding.path("rule").asText())
                .doesNotContain(Doctor.NOT_EXAMINED);
        assertThat(findings("healthy", "before")).isEmpty();
        assertThat(findings("healthy", "after")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatWasDoneIsFound(DoctorCase each) {
        assertThat(findings(each, "before")).anySatisfy(finding -> {
            assertThat(finding.path("rule").asText()).isEqualTo(each.rule());
            assertThat(finding.path("evidence").toString()).contains(each.evidence());
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void afterTheRemedyItIsGone(DoctorCase each) {
        assertThat(findings(each, "after"))
                .noneMatch(finding -> finding.path("rule").asText().equals(each.rule()));
    }
}

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** Each finding is provoked, found, mended as was suggested, and gone. One boot of QEMU's kernel, which has nftables. */
class DoctorIT {
    private static final Map<String, JsonNode> RECORDS = new HashMap<>();

    @TempDir
    private static Path results;

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        GuestRun run = RealKernel.qemu()
                .run(
                        GuestJava.command(DoctorProof.class, List.of(results.toString())),
                        results,
                        Duration.ofMinutes(10));
        assertThat(run.exitStatus()).as(run.console() + run.stdout()).isZero();
        new ObjectMapper()
                .readTree(results.resolve("doctor.json").toFile())
                .forEach(record -> RECORDS.put(record.path("name").asText(), record));
    }

    static List<DoctorCase> cases() {
        return DoctorCase.all();
    }

    private static List<JsonNode> findings(String name, String when) {
        List<JsonNode> findings = new ArrayList<>();
        Objects.requireNonNull(RECORDS.get(name), name).path(when).forEach(finding -> {
            if (!finding.path("severity").asText().equals("note")) {
                findings.add(finding);
            }
        });
        return findings;
    }

    @Test
    void aHealthyHostHasNoFindings() {
        assertThat(findings("healthy", "before")).isEmpty();
        assertThat(findings("healthy", "after")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatWasDoneIsFound(DoctorCase each) {
        assertThat(findings(each.name(), "before")).anySatisfy(finding -> {
            assertThat(finding.path("rule").asText()).isEqualTo(each.rule());
            assertThat(finding.path("evidence").toString()).contains(each.evidence());
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void afterTheRemedyItIsGone(DoctorCase each) {
        assertThat(findings(each.name(), "after"))
                .noneMatch(finding -> finding.path("rule").asText().equals(each.rule()));
    }
}

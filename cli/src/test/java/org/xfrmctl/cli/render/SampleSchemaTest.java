package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.manager.probe.ProbeReport;

/** Shapes that no command prints on a kernel of states and policies alone. */
class SampleSchemaTest {
    @ParameterizedTest
    @MethodSource("org.xfrmctl.cli.render.ProbeSamples#all")
    void probes(ProbeReport report) {
        SchemaFiles.assertValid("mtu-probe", ProbeJson.print(report));
    }

    @ParameterizedTest
    @MethodSource("org.xfrmctl.cli.render.MtuSamples#all")
    void mtus(MtuReport report) {
        SchemaFiles.assertValid("mtu", Json.print(MtuJson.list(List.of(report))));
    }

    @Test
    void pings() {
        SchemaFiles.assertValid("ping", PingJson.print(new PingOutcome(3, 2, Optional.empty())));
        SchemaFiles.assertValid("ping", PingJson.print(new PingOutcome(3, 0, Optional.of("no route"))));
    }

    @Test
    void whatASchemaDoesNotKnowIsFound() {
        assertThatThrownBy(() -> SchemaFiles.assertValid("keygen", "{\"made\": [], \"key\": \"00\"}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("key");
    }
}

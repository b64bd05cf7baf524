package org.xfrmctl.manager.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.ts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.Heard;

/** What is well neither from a gateway nor from a host: long packets are refused, or nobody knows yet. */
class OpenJudgeTest {
    private static final IpAddress HERE = IpAddress.parse("10.1.0.1");
    private static final IpAddress FAR = IpAddress.parse("10.2.0.10");
    private static final ProbeEnds ENDS = new ProbeEnds(Optional.empty(), Optional.of(FAR));

    private static List<ProbeReport> probe(ModelPath path, ProbeLimits limits) {
        ModelHost host = ModelHost.behind(path, HERE, FAR, 1500);
        ChildBuilder child = child("a").traffic(List.of(ts("10.1.0.0/16")), List.of(ts("10.2.0.0/16")));
        return List.of(
                new HostProbe(host, limits).run(ENDS, OptionalInt.empty()),
                new TunnelProbe(ChildBuilder.compile(child).children().get(0), host.telling(1446), limits).run(ENDS));
    }

    /** Above 1300 bytes. */
    private static ModelPath refusing(Heard heard) {
        return new ModelPath(1500) {
            @Override
            public Heard sound(int size, int millis) {
                return size > 1300 ? heard : super.sound(size, millis);
            }
        };
    }

    static List<Heard> refusals() {
        return List.of(
                new Heard.Undelivered(IpAddress.parse("10.1.0.254"), "No route to host"),
                new Heard.Unsent("Operation not permitted"),
                // More than it takes.
                new Heard.TooBig(IpAddress.parse("10.1.0.254"), 1400));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsRefusedIsNotWell(Heard heard) {
        assertThat(probe(refusing(heard), new ProbeLimits(3, 1000, 60_000, () -> 0)))
                .hasSize(2)
                .allSatisfy(report -> {
                    assertThat(report.verdict()).isEqualTo(PathVerdict.REFUSED);
                    assertThat(report.verdict().isGood()).isFalse();
                    assertThat(report.soundings().passes()).isBetween(1290, 1300);
                    assertThat(report.judgement().evidence()).anyMatch(line -> line.endsWith("bytes: " + heard));
                    assertThat(report.judgement().advice()).isNotEmpty();
                });
    }

    @Test
    void whatIsUnfinishedIsNotWell() {
        ModelPath path = refusing(new Heard.TooBig(IpAddress.parse("10.1.0.254"), 0));
        ProbeLimits hasty = new ProbeLimits(1, 1000, 3, () -> path.sent.size());

        assertThat(probe(path, hasty)).extracting(ProbeReport::verdict).containsOnly(PathVerdict.UNFINISHED);
        assertThat(PathVerdict.UNFINISHED.isGood()).isFalse();
    }
}

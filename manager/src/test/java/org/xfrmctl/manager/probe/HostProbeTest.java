package org.xfrmctl.manager.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.manager.probe.ModelPath.Hop;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;

/** A host, its gateway whose tunnel takes some bytes, and a hop between the gateways: who is broken where? */
class HostProbeTest {
    private static final ProbeLimits LIMITS = new ProbeLimits(3, 1000, 60_000, () -> 0);
    private static final IpAddress HERE = IpAddress.parse("10.1.0.10");
    private static final IpAddress FAR = IpAddress.parse("10.3.0.10");

    private static ProbeReport probe(ModelHost host, int given) {
        return new HostProbe(host, LIMITS)
                .run(
                        new ProbeEnds(Optional.empty(), Optional.of(FAR)),
                        given == 0 ? OptionalInt.empty() : OptionalInt.of(given));
    }

    private static ModelHost host(int known, ModelPath path) {
        return ModelHost.behind(path, HERE, FAR, known);
    }

    /** {@code told}: whether the gateway's errors arrive; {@code hop}: what passes between the gateways. */
    @ParameterizedTest
    @CsvSource({
        // tunnel, told, hop, --tunnel-mtu, passes, verdict
        "1446, true , 1446, 0   , 1446, TOLD",
        "1446, true , 1446, 1446, 1446, TOLD",
        "1446, true , 1346, 0   , 1346, PLACE_2",
        "1446, true , 1346, 1446, 1346, PLACE_2",
        "1446, false, 1446, 0   , 1446, UNKNOWN_PLACE",
        "1446, false, 1446, 1446, 1446, PLACE_1",
        "1446, false, 1346, 0   , 1346, UNKNOWN_PLACE",
        "1446, false, 1346, 1446, 1346, BOTH_PLACES",
        "1500, true , 1500, 0   , 1500, WHOLE",
        "1500, true , 1400, 1500, 1400, PLACE_2",
        "1446, true , 1446, 1400, 1446, OTHER_WAY",
        "60  , false, 60  , 1446, 0   , NOBODY"
    })
    void whereItIsBroken(int tunnel, boolean told, int hop, int given, int passes, PathVerdict verdict) {
        ModelPath path = new ModelPath(1500, new Hop(tunnel, told, tunnel), Hop.silent(hop));
        ProbeReport report = probe(host(1500, path), given);

        assertThat(report.verdict()).isEqualTo(verdict);
        assertThat(report.soundings().passes()).isEqualTo(passes);
        assertThat(report.judgement().advice().isEmpty()).isEqualTo(verdict.isGood());
        assertThat(path.opened()).containsExactly(new EchoPath(Optional.empty(), FAR, 0, false));
    }

    /** Else nobody could see whether errors still come. */
    @Test
    void whatWasLearntBeforeIsOverlooked() {
        ModelPath path = new ModelPath(1500, Hop.telling(1446));
        ProbeReport report = probe(host(1446, path), 0);

        assertThat(report.verdict()).isEqualTo(PathVerdict.TOLD);
        assertThat(path.opened().get(0).untaught()).isTrue();
        assertThat(path.sent).contains(1500);
        assertThat(report.judgement().evidence().get(0)).contains("knew of a path of 1446 already");
    }

    @Test
    void aHostThatProtectsSaysSo() {
        ModelPath path = new ModelPath(1446);
        ProbeReport report = probe(host(1500, path).telling(1446), 0);

        assertThat(report.verdict()).isEqualTo(PathVerdict.WHOLE);
        assertThat(path.sent).containsExactly(84, 1446);
        assertThat(report.judgement().evidence().get(0)).contains("give the child's name as well");
    }

    /** Linux tells the truth, and does not do so itself ({@code PathIT}). */
    @Test
    void whatIsTooNarrowForIpv6IsNoPath() {
        IpAddress six = IpAddress.parse("fd00:3::10");
        ModelHost host =
                ModelHost.behind(new ModelPath(1500, Hop.telling(1206)), IpAddress.parse("fd00:1::10"), six, 1500);
        ProbeReport report =
                new HostProbe(host, LIMITS).run(new ProbeEnds(Optional.empty(), Optional.of(six)), OptionalInt.empty());

        assertThat(report.verdict()).isEqualTo(PathVerdict.TOO_NARROW);
        assertThat(report.soundings().passes()).isEqualTo(1206);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.0.0.0         | 0.0.0.0 is nobody's address
            ::              | :: is nobody's address
            224.0.0.1       | 224.0.0.1 is a multicast address: many hosts answer, or none
            ff02::1         | ff02::1 is a multicast address: many hosts answer, or none
            255.255.255.255 | 255.255.255.255 is a broadcast address: many hosts answer, or none
            127.0.0.2       | 127.0.0.2 is an address of this host: what goes there takes no path
            ::1             | ::1 is an address of this host: what goes there takes no path
            10.1.0.10       | 10.1.0.10 is an address of this host: what goes there takes no path
            """)
    void onlyOneOtherHostCanBeAsked(String to, String problem) {
        ModelPath path = new ModelPath(1500);
        ProbeEnds ends = new ProbeEnds(Optional.empty(), Optional.of(IpAddress.parse(to)));

        assertThatThrownBy(() -> new HostProbe(host(1500, path), LIMITS).run(ends, OptionalInt.empty()))
                .isInstanceOf(UnprobeableException.class)
                .hasMessage(problem);
        assertThat(path.sent).isEmpty();
    }

    @Test
    void whatIsNoAddressOfThisHostIsSaid() {
        ProbeEnds foreign = new ProbeEnds(Optional.of(IpAddress.parse("10.9.9.9")), Optional.of(FAR));

        assertThatThrownBy(
                        () -> new HostProbe(host(1500, new ModelPath(1500)), LIMITS).run(foreign, OptionalInt.empty()))
                .isInstanceOf(UnprobeableException.class)
                .hasMessage("this host has no address 10.9.9.9");
    }

    @Test
    void whereNoRouteLeadsNothingIsSent() {
        HostProbe probe = new HostProbe(host(1500, new ModelPath(1500)), LIMITS);
        ProbeEnds nowhere = new ProbeEnds(Optional.empty(), Optional.of(IpAddress.parse("203.0.113.1")));
        assertThatThrownBy(() -> probe.run(nowhere, OptionalInt.empty()))
                .isInstanceOf(UnprobeableException.class)
                .hasMessage("there is no route to 203.0.113.1");
        ProbeEnds nobody = new ProbeEnds(Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> probe.run(nobody, OptionalInt.empty())).hasMessage("whom to ask?");
        assertThatThrownBy(() -> new ProbeEnds(Optional.of(HERE), Optional.of(IpAddress.parse("fd00::1"))))
                .hasMessage("no packet goes from 10.1.0.10 to fd00::1");
    }
}

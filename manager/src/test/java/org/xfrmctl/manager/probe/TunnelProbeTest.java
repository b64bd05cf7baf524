package org.xfrmctl.manager.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.ts;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.probe.ModelPath.Hop;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.echo.EchoPath;

/** The tunnel of {@code ChildBuilder} from its gateway: GCM on a link of 1500 bytes, which leaves 1446. */
class TunnelProbeTest {
    private static final ProbeLimits LIMITS = new ProbeLimits(3, 1000, 60_000, () -> 0);
    private static final IpAddress INSIDE = IpAddress.parse("10.1.0.1");
    private static final IpAddress FAR = IpAddress.parse("10.2.0.10");
    private static final ProbeEnds TO_FAR = new ProbeEnds(Optional.empty(), Optional.of(FAR));

    private static ChildBuilder network() {
        return child("a").traffic(List.of(ts("10.1.0.0/16")), List.of(ts("10.2.0.0/16")));
    }

    private static ProbeReport probe(ChildBuilder child, ModelHost host, ProbeEnds ends) {
        return new TunnelProbe(ChildBuilder.compile(child).children().get(0), host, LIMITS).run(ends);
    }

    private static ModelHost host(ModelPath path, int known) {
        return ModelHost.behind(path, INSIDE, FAR, known).telling(known - 54);
    }

    @Test
    void allPasses() {
        ModelPath path = new ModelPath(1446);
        ProbeReport report = probe(network(), host(path, 1500), TO_FAR);

        assertThat(report.verdict()).isEqualTo(PathVerdict.WHOLE);
        assertThat(path.sent).containsExactly(84, 1446);
        assertThat(path.opened()).containsExactly(new EchoPath(Optional.of(INSIDE), FAR, 0, false));
        assertThat(report.judgement().advice().get(0))
                .contains("from a host in 10.1.0.0/16", "xfrmctl mtu probe --to 10.2.0.10 --tunnel-mtu 1446");
    }

    @Test
    void whatWasLearntBeforeIsWhatItBeginsWith() {
        ProbeReport report = probe(network(), host(new ModelPath(1346), 1400), TO_FAR);

        assertThat(report.verdict()).isEqualTo(PathVerdict.LEARNT);
        assertThat(report.soundings().passes()).isEqualTo(1346);
    }

    /** Sizes between two MTUs that a path can leave are not tried, and the path is told as far as it is known. */
    @Test
    void whatVanishesIsPlaceTwo() {
        ModelPath path = new ModelPath(1446, Hop.silent(1347));
        ProbeReport report = probe(network(), host(path, 1500), TO_FAR);

        assertThat(report.verdict()).isEqualTo(PathVerdict.PLACE_2);
        assertThat(report.soundings().passes()).isEqualTo(1346);
        assertThat(report.judgement().evidence()).anyMatch(line -> line.contains("takes 1400 to 1403 bytes"));
        assertThat(report.judgement().advice())
                .anyMatch(line -> line.contains("type 3 code 4"))
                .anyMatch(line -> line.contains("copy_df: no"))
                .anyMatch(line -> line.contains("with \"mtu 1400\"") && line.contains("\"mtu: 1346\""));
    }

    @Test
    void whoIsBehindTheTunnelMaySaySo() {
        ProbeReport report = probe(network(), host(new ModelPath(1446, Hop.telling(1300)), 1500), TO_FAR);

        assertThat(report.verdict()).isEqualTo(PathVerdict.TOLD);
        assertThat(report.soundings().passes()).isEqualTo(1300);
    }

    @Test
    void nobodyAnswers() {
        ProbeReport report = probe(network(), host(new ModelPath(1446, Hop.silent(20)), 1500), TO_FAR);

        assertThat(report.verdict()).isEqualTo(PathVerdict.NOBODY);
        assertThat(report.judgement().advice()).anyMatch(line -> line.contains("xfrmctl status"));
    }

    @Test
    void withoutItsPolicyNothingIsSent() {
        ModelPath path = new ModelPath(1500);
        assertThatThrownBy(() -> probe(network(), host(path, 1500).telling(1500), TO_FAR))
                .isInstanceOf(UnprobeableException.class)
                .hasMessage("net/a protects nothing now: this host would send packets of 1500 bytes to 10.2.0.10, and"
                        + " with the child's states in front 1446");
        assertThat(path.sent).isEmpty();
    }

    @Test
    void whoseAddressesAreNotTheChildsCannotAsk() {
        ModelHost outside = ModelHost.behind(new ModelPath(1500), IpAddress.parse("192.0.2.1"), FAR, 1500);
        assertThatThrownBy(() -> probe(network(), outside, TO_FAR))
                .hasMessage(
                        "no address of this host is in 10.1.0.0/16, so that net/a protects nothing that starts here")
                .isInstanceOfSatisfying(
                        UnprobeableException.class,
                        e -> assertThat(e.advice()).startsWith("give it one (ip address add ADDRESS/32 dev lo)"));
        ProbeEnds foreign = new ProbeEnds(Optional.of(IpAddress.parse("10.1.0.9")), Optional.of(FAR));
        assertThatThrownBy(() -> probe(network(), outside, foreign)).hasMessage("this host has no address 10.1.0.9");
    }

    /** As the kernel looks: by priority; and what is not about echo requests is not asked. */
    @Test
    void theChildThatLeadsThereIsTheKernelsChoice() {
        List<DesiredChild> children = ChildBuilder.compile(
                        child("wide").spi(0x1000).priority(500).traffic("10.1.0.0/16", "10.0.0.0/8"),
                        child("other").spi(0x2000).priority(1).traffic("10.1.0.0/16", "10.3.0.0/16"),
                        child("web")
                                .spi(0x3000)
                                .priority(2)
                                .traffic(
                                        List.of(ts("10.1.0.0/16")),
                                        List.of(ts("10.2.0.0/16", IpProtocol.TCP, PortMatch.exactly(443)))),
                        child("net").spi(0x4000).priority(400).traffic("10.1.0.0/16", "10.2.0.0/16"))
                .children();

        assertThat(TunnelProbe.leadingTo(FAR, children))
                .extracting(each -> each.name().child())
                .containsExactly("net", "wide");
        assertThat(TunnelProbe.leadingTo(IpAddress.parse("fd00::1"), children)).isEmpty();
    }

    @Test
    void aNetworkIsNoHost() {
        ModelHost host = host(new ModelPath(1446), 1500);
        ProbeEnds nobody = new ProbeEnds(Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> probe(network(), host, nobody))
                .hasMessage("whom to ask? which host in 10.2.0.0/16 answers, nobody here knows");
        ProbeEnds elsewhere = new ProbeEnds(Optional.empty(), Optional.of(IpAddress.parse("10.9.0.1")));
        assertThatThrownBy(() -> probe(network(), host, elsewhere)).hasMessageContaining("10.9.0.1");
        ChildBuilder single = child("a").traffic(List.of(ts("10.1.0.0/16")), List.of(ts("10.2.0.10/32")));
        assertThat(probe(single, host, nobody).to()).isEqualTo(FAR);
    }
}

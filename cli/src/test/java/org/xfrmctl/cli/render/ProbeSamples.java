package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.manager.probe.PathVerdict;
import org.xfrmctl.manager.probe.ProbeReport;
import org.xfrmctl.manager.probe.ProbeReport.Judgement;
import org.xfrmctl.manager.probe.Sounding;
import org.xfrmctl.manager.probe.Soundings;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.echo.Heard;

/** Searches, as docs/JSON.md shows and lists them. */
final class ProbeSamples {
    private static final IpAddress FAR = IpAddress.parse("10.3.0.10");
    private static final IpAddress ROUTER = IpAddress.parse("10.2.0.2");

    private ProbeSamples() {}

    /** The one that is shown. */
    static ProbeReport placeTwo() {
        return report(
                new Sounding(84, new Heard.Answer(), 1),
                new Sounding(1446, new Heard.Silence(), 3),
                new Sounding(1346, new Heard.Answer(), 1),
                new Sounding(1350, new Heard.Silence(), 6));
    }

    private static ProbeReport report(Sounding... soundings) {
        Sounding last = soundings[soundings.length - 1];
        return new ProbeReport(
                Optional.of(new ChildName("site", "net")),
                Optional.of(IpAddress.parse("10.1.0.254")),
                FAR,
                1446,
                new Soundings(List.of(soundings), 1346, Optional.of(last), true),
                new Judgement(
                        PathVerdict.PLACE_2,
                        "place 2 is broken",
                        List.of("computed are 1446"),
                        List.of("let ICMP errors pass between the gateways")));
    }

    /** With every member that there is. */
    static Stream<ProbeReport> all() {
        return Stream.of(
                placeTwo(),
                report(
                        new Sounding(1500, new Heard.TooBig(ROUTER, 1446), 1),
                        new Sounding(1446, new Heard.Refused(1346), 2),
                        new Sounding(84, new Heard.Undelivered(ROUTER, "No route to host"), 1),
                        new Sounding(85, new Heard.Unsent("Operation not permitted"), 1)));
    }
}

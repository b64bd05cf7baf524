package org.xfrmctl.cli.render;

import java.util.Map;
import java.util.Optional;
import org.xfrmctl.manager.probe.ProbeReport;
import org.xfrmctl.manager.probe.Sounding;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.Heard;

/** What a search for a path's MTU has found, as JSON. */
public final class ProbeJson {
    private ProbeJson() {}

    public static String print(ProbeReport report) {
        return Json.print(of(report));
    }

    static Map<String, Object> of(ProbeReport report) {
        return Json.object(
                "child", report.child().map(Object::toString),
                "from", report.from().map(IpAddress::toString),
                "to", report.to().toString(),
                "verdict", report.verdict().toString(),
                "summary", report.judgement().summary(),
                "expected", report.expected(),
                "passes", report.soundings().passes(),
                "in_time", report.soundings().inTime(),
                "soundings",
                        report.soundings().each().stream()
                                .map(ProbeJson::sounding)
                                .toList(),
                "evidence", report.judgement().evidence(),
                "advice", report.judgement().advice());
    }

    private static Map<String, Object> sounding(Sounding sounding) {
        return Json.join(
                Json.object("size", sounding.size()), heard(sounding.heard()), Json.object("tries", sounding.tries()));
    }

    private static Map<String, Object> heard(Heard heard) {
        if (heard instanceof Heard.Answer) {
            return heard("answer", Optional.empty(), Optional.empty(), Optional.empty());
        }
        if (heard instanceof Heard.Refused refused) {
            return heard("refused", Optional.empty(), Optional.of(refused.mtu()), Optional.empty());
        }
        if (heard instanceof Heard.TooBig error) {
            return heard("too-big", Optional.of(error.from()), Optional.of(error.mtu()), Optional.empty());
        }
        if (heard instanceof Heard.Undelivered error) {
            return heard("undelivered", Optional.of(error.from()), Optional.empty(), Optional.of(error.why()));
        }
        if (heard instanceof Heard.Unsent unsent) {
            return heard("unsent", Optional.empty(), Optional.empty(), Optional.of(unsent.why()));
        }
        if (heard instanceof Heard.Silence) {
            return heard("silence", Optional.empty(), Optional.empty(), Optional.empty());
        }
        throw new AssertionError(heard);
    }

    private static Map<String, Object> heard(
            String what, Optional<IpAddress> from, Optional<Integer> mtu, Optional<String> why) {
        return Json.object("heard", what, "says", from.map(IpAddress::toString), "mtu", mtu, "why", why);
    }
}

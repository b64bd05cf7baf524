package org.xfrmctl.cli.render;

import org.xfrmctl.cli.render.TextTable.Column;
import org.xfrmctl.manager.probe.ProbeReport;
import org.xfrmctl.manager.probe.Sounding;
import org.xfrmctl.model.echo.Heard;

/** What a search for a path's MTU has found: the verdict first, then what was sent, what is concluded, what to change. */
public final class ProbeText {
    private ProbeText() {}

    public static String print(ProbeReport report) {
        StringBuilder text = new StringBuilder();
        report.child().ifPresent(child -> text.append(child).append(": "));
        text.append(report.judgement().summary()).append('\n');
        TextTable table = new TextTable(
                Column.number("size"),
                Column.text("echo request to " + report.to() + from(report) + ", which nobody may fragment"));
        for (Sounding sounding : report.soundings().each()) {
            table.row(Integer.toString(sounding.size()), heard(sounding));
        }
        text.append(table.print());
        report.judgement()
                .evidence()
                .forEach(line -> text.append("  ").append(line).append('\n'));
        report.judgement()
                .advice()
                .forEach(line -> text.append("  > ").append(line).append('\n'));
        return text.toString();
    }

    private static String from(ProbeReport report) {
        return report.from().map(from -> " from " + from).orElse("");
    }

    private static String heard(Sounding sounding) {
        return sounding.heard()
                + (sounding.heard() instanceof Heard.Silence ? ", " + Count.of(sounding.tries(), "try", "tries") : "");
    }
}

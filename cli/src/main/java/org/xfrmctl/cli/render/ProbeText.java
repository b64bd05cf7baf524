package org.xfrmctl.cli.render;

import org.xfrmctl.cli.render.TextTable.Column;
import org.xfrmctl.manager.probe.ProbeReport;
import org.xfrmctl.manager.probe.Sounding;

/** What a search for a path's MTU has found: the verdict first, then what was sent, what is concluded, what to do. */
public final class ProbeText {
    /** Longer lines go on below themselves. */
    private static final int WIDTH = 120;

    private ProbeText() {}

    public static String print(ProbeReport report) {
        StringBuilder text = new StringBuilder();
        String child = report.child().map(name -> name + ": ").orElse("");
        append(text, "", child + report.judgement().summary());
        TextTable table = new TextTable(
                Column.number("size"),
                Column.text("echo request"
                        + report.from().map(from -> " from " + from).orElse("") + " to " + report.to()
                        + ", with DF"));
        for (Sounding sounding : report.soundings().each()) {
            table.row(Integer.toString(sounding.size()), heard(sounding));
        }
        text.append(table.print());
        report.judgement().evidence().forEach(line -> append(text, "  ", line));
        report.judgement().advice().forEach(line -> append(text, "> ", line));
        return text.toString();
    }

    private static String heard(Sounding sounding) {
        return sounding.heard()
                + (sounding.heard().mayBeChance() ? ", " + Count.of(sounding.tries(), "try", "tries") : "");
    }

    private static void append(StringBuilder text, String prefix, String line) {
        StringBuilder row = new StringBuilder(prefix);
        for (String word : line.split(" ", -1)) {
            if (row.length() + word.length() > WIDTH) {
                text.append(row.toString().stripTrailing()).append('\n');
                row = new StringBuilder(" ".repeat(Math.max(2, prefix.length())));
            }
            row.append(word).append(' ');
        }
        text.append(row.toString().stripTrailing()).append('\n');
    }
}

package org.xfrmctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.manager.doctor.Finding;
import org.xfrmctl.manager.doctor.Severity;

/** Findings for a terminal: each with what was seen, why it is wrong and what mends it. */
public final class FindingsText {
    private static final int WIDTH = 80;
    private static final String INDENT = "         ";

    private FindingsText() {}

    public static String print(List<Finding> findings, boolean notes) {
        StringBuilder text = new StringBuilder();
        findings.stream()
                .filter(finding -> notes || finding.severity() != Severity.NOTE)
                .forEach(finding -> append(text, finding));
        return text.append(summary(findings, notes)).append('\n').toString();
    }

    private static void append(StringBuilder text, Finding finding) {
        wrapped(text, finding.severity() + ": ", finding.what() + " [" + finding.rule() + "]", "  ");
        String label = "  seen:  ";
        for (String each : finding.evidence()) {
            // As a command prints it, to be searched for: not broken into lines.
            text.append(label).append(each).append('\n');
            label = INDENT;
        }
        wrapped(text, "  why:   ", finding.why(), INDENT);
        label = "  mend:  ";
        for (Finding.Fix fix : finding.fixes()) {
            if (fix instanceof Finding.Fix.Command command) {
                text.append(label).append("# ").append(command.line()).append('\n');
            } else if (fix instanceof Finding.Fix.Advice advice) {
                wrapped(text, label, advice.text(), INDENT);
            }
            label = "  or:    ";
        }
        text.append('\n');
    }

    static void wrapped(StringBuilder text, String begin, String words, String indent) {
        StringBuilder line = new StringBuilder(begin);
        boolean first = true;
        for (String word : words.split(" ", -1)) {
            if (!first && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line.setLength(0);
                line.append(indent);
                first = true;
            }
            line.append(first ? "" : " ").append(word);
            first = false;
        }
        text.append(line).append('\n');
    }

    private static String summary(List<Finding> findings, boolean notes) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long number = findings.stream()
                    .filter(each -> each.severity() == severity)
                    .count();
            if (number != 0) {
                parts.add(Count.of(number, severity.toString())
                        + (severity == Severity.NOTE && !notes ? " (--notes shows)" : ""));
            }
        }
        return parts.isEmpty() ? "nothing found" : String.join(", ", parts);
    }
}

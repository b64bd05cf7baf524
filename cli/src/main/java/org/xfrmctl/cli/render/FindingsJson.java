package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import org.xfrmctl.manager.doctor.Finding;

/** {@code [{"severity", "rule", "what", "evidence": […], "why", "fixes": [{"command"} or {"advice"}]}]}, the worst first. */
public final class FindingsJson {
    private FindingsJson() {}

    public static List<Map<String, Object>> list(List<Finding> findings) {
        return findings.stream().map(FindingsJson::finding).toList();
    }

    private static Map<String, Object> finding(Finding finding) {
        return Json.object(
                "severity",
                finding.severity().toString(),
                "rule",
                finding.rule(),
                "what",
                finding.what(),
                "evidence",
                finding.evidence(),
                "why",
                finding.why(),
                "fixes",
                finding.fixes().stream().map(FindingsJson::fix).toList());
    }

    private static Map<String, Object> fix(Finding.Fix fix) {
        return fix instanceof Finding.Fix.Command command
                ? Json.object("command", command.line())
                : Json.object("advice", ((Finding.Fix.Advice) fix).text());
    }
}

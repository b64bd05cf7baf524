package org.xfrmctl.it.interop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** docs/INTEROP.md: what came of the cases. */
final class InteropTable {
    private static final String HEAD = """
            # A userspace host and a real kernel, side by side

            `InteropIT` wrote this page, and fails when it is no longer true. In User Mode Linux (6.1) a veth joins the kernel to a
            userspace host that holds the other end by a packet socket and has addresses of its own there. Each pings the
            other with 8, 1,000 (compressible) and 3,000 bytes (longer than the MTU). **yes** means that all six echoes were
            answered with the right data, that the states of both have counted the same packets and bytes in both directions,
            and that neither counted anything in xfrm_stat. With IPComp outside of a tunnel, what did not get smaller bears no sign of it,
            so there the receiver has counted fewer packets. `4in6` is IPv4 in IPv6, and so on.

            Every suite is tried in every setting: mode, inner and outer family, IPComp, ESN and UDP encapsulation. To write the
            page anew:

                mvn verify -pl it-tests -am -Dit.test=InteropIT -Dxfrmctl.interop.write=true

            Both have a policy each for what protection between neighbours must leave alone: neighbour discovery, and UDP port
            4500 inbound. In a tunnel IPComp is the tunnel, with ESP or AH around it in transport mode (the flag
            `af-unspec` if the families differ); in BEET it is inside, in transport mode.
            """;

    private static final Comparator<String> READING =
            Comparator.comparing(List.of("yes", "broken", "NO", "refused")::indexOf);

    private final Map<String, String> outcomes;

    /** Takes the outcome of each case by its text. */
    InteropTable(Map<String, String> outcomes) {
        this.outcomes = outcomes;
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("\n## Every suite\n\n");
        List<String> columns = new ArrayList<>(InteropCase.BASIC);
        columns.add("in all settings");
        header(text, "keys and truncation in bits", columns);
        Map<String, Map<String, Integer>> sums = new LinkedHashMap<>();
        InteropCase.all()
                .forEach(each -> sums.computeIfAbsent(each.suite(), suite -> new TreeMap<>(READING))
                        .merge(cell(each.toString()), 1, Integer::sum));
        sums.forEach((suite, sum) -> {
            List<String> cells = new ArrayList<>();
            InteropCase.BASIC.forEach(setting -> cells.add(cell(suite + ": " + setting)));
            cells.add(sum.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .collect(Collectors.joining(", ")));
            row(text, suite, cells);
        });
        InteropCase.all().stream()
                .filter(each -> InteropCase.thorough().contains(each.algorithms()))
                .map(InteropCase::suite)
                .distinct()
                .forEach(suite -> settings(text, suite));
        refusals(text);
        return text.toString();
    }

    private void settings(StringBuilder text, String suite) {
        text.append("\n## ").append(suite).append("\n\n");
        List<String> options = InteropCase.Options.all().stream()
                .map(InteropCase.Options::toString)
                .toList();
        header(
                text,
                "",
                options.stream()
                        .map(each -> each.isEmpty() ? "plain" : each.strip())
                        .toList());
        InteropCase.all().stream()
                .filter(each -> each.suite().equals(suite))
                .map(InteropCase::setting)
                .distinct()
                .forEach(setting -> row(
                        text,
                        setting,
                        options.stream()
                                .map(each -> cell(suite + ": " + setting + each))
                                .toList()));
    }

    private static void header(StringBuilder text, String corner, List<String> columns) {
        text.append("| ")
                .append(corner)
                .append(" | ")
                .append(String.join(" | ", columns))
                .append(" |\n");
        text.append("| --- ".repeat(columns.size() + 1)).append("|\n");
    }

    private static void row(StringBuilder text, String name, List<String> cells) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }

    private String cell(String which) {
        String outcome = outcomes.getOrDefault(which, "not tried");
        if (outcome.startsWith(InteropCase.REFUSED)) {
            return "refused";
        }
        return outcome.equals(InteropCase.OK) ? "yes" : outcome.equals(InteropCase.BROKEN) ? "broken" : "NO";
    }

    private void refusals(StringBuilder text) {
        text.append("\n## What does not exist\n\n**refused**: both kernels say the same:\n\n");
        new TreeSet<>(outcomes.values())
                .stream()
                        .filter(outcome -> outcome.startsWith(InteropCase.REFUSED))
                        .forEach(outcome -> text.append("- ")
                                .append(outcome.substring(InteropCase.REFUSED.length())
                                        .strip())
                                .append('\n'));
        text.append("""

                **broken**: Linux takes AH in BEET mode with IPv4 inside, and then writes AH over the first eight bytes of the
                payload, so that nobody can read it. The userspace kernel does not send such packets (XfrmOutStateProtoError).
                IPComp itself has no BEET mode: `EINVAL Unsupported XFRM mode for IPcomp`.
                """);
    }
}

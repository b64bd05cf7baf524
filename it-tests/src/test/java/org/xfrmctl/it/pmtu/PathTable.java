package org.xfrmctl.it.pmtu;

import java.util.Map;

/** The block of docs/PMTU.md that says which files arrive. */
record PathTable(Map<String, Integer> linux, Map<String, Integer> ours) {
    String text() {
        StringBuilder text = new StringBuilder("| | from | ICMP errors | DF |");
        PathCase.MTUS.forEach(mtu -> text.append(" hop of ").append(mtu).append(" |"));
        text.append("\n| --- | --- | --- | --- |").append(" :---: |".repeat(PathCase.MTUS.size()));
        for (PathCase path : PathCase.ALL) {
            if (path.mtu() == PathCase.MTUS.get(0)) {
                text.append("\n| %s | %s | %s | %s |"
                        .formatted(
                                path.families(),
                                path.sender() == PathCase.Sender.HOST ? "A" : "B",
                                path.errors(),
                                path.df()));
                PathCase.MTUS.forEach(mtu -> text.append(cell(path.over(mtu).toString())));
            }
        }
        return text.append('\n').toString();
    }

    private String cell(String path) {
        return " " + word(linux, path) + " / " + word(ours, path) + " |";
    }

    private static String word(Map<String, Integer> received, String path) {
        return arrives(received, path) ? "yes" : "no";
    }

    /** Whether the whole file did. */
    static boolean arrives(Map<String, Integer> received, String path) {
        return received.getOrDefault(path, 0) == PathLab.BYTES;
    }
}

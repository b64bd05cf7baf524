package org.xfrmctl.cli.render;

import org.xfrmctl.cli.render.TextTable.Column;
import org.xfrmctl.netlink.probe.Capabilities;
import org.xfrmctl.netlink.probe.Capabilities.AlgorithmSupport;
import org.xfrmctl.netlink.probe.Support;
import org.xfrmctl.netlink.xfrm.KernelOptions;

/** What a kernel can do, for people. */
public final class CapabilitiesText {
    private CapabilitiesText() {}

    /** Features, then algorithms in the words and under the names of {@code ip xfrm}. */
    public static String print(Capabilities capabilities) {
        TextTable table = new TextTable(Column.text("feature"), Column.text("has it"), Column.text("brought by"));
        capabilities
                .features()
                .forEach((feature, support) -> row(table, feature.toString(), support, feature.source()));
        for (AlgorithmSupport algorithm : capabilities.algorithms()) {
            row(table, algorithm.kind() + " " + algorithm.name(), algorithm.support(), source(algorithm));
        }
        return table.print();
    }

    /** What would bring it matters where it is not. */
    private static void row(TextTable table, String name, Support support, String source) {
        table.row(name, support.toString(), support == Support.YES ? "" : source);
    }

    static String source(AlgorithmSupport algorithm) {
        return KernelOptions.ofAlgorithm(algorithm.name())
                .map(KernelOptions.Option::toString)
                .orElse("");
    }
}

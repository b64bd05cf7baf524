package org.xfrmctl.cli.render;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.xfrmctl.cli.render.TextTable.Column;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.FlowMtu;
import org.xfrmctl.manager.mtu.KernelWord;
import org.xfrmctl.manager.mtu.MtuNotes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.mtu.Layer;
import org.xfrmctl.model.mtu.Share;

/** A child's MTU as a sum for a terminal: each line takes something, and says what is left. */
public final class MtuText {
    private MtuText() {}

    public static String print(MtuReport report) {
        if (report instanceof MtuReport.Failed failed) {
            return failed.child() + ": " + failed.error() + "\n"
                    + "  add the address or the route, or say the MTU of the way with --link-mtu N\n";
        }
        return print((MtuReport.Computed) report);
    }

    private static String print(MtuReport.Computed report) {
        ChildMtu child = report.mtu();
        StringBuilder text = new StringBuilder(
                child.name() + (child.isNothingLeft() ? ": nothing is left\n" : ": MTU " + child.mtu() + "\n"));
        text.append(table(child).print());
        MtuNotes.notes(child).forEach(note -> text.append("  ").append(note).append('\n'));
        report.kernel()
                .forEach(word -> text.append("  ").append(line(word, child)).append('\n'));
        MtuNotes.warnings(child)
                .forEach(warning -> text.append("  ! ").append(warning).append('\n'));
        return text.toString();
    }

    private static TextTable table(ChildMtu child) {
        TextTable table = new TextTable(
                Column.text("part"), Column.number("takes"), Column.number("left"), Column.text("says who"));
        table.row(
                "way to " + child.peer(),
                "",
                number(child.way().mtu()),
                child.way().toString());
        for (Layer layer : child.sum().layers()) {
            addLayer(layer, table);
        }
        int left = child.sum().left();
        Set<String> told = new LinkedHashSet<>();
        for (FlowMtu flow : child.flows()) {
            flow.bound()
                    .filter(bound -> told.add(bound.name()))
                    .ifPresent(bound -> table.row(
                            bound.name(),
                            number(left - flow.mtu()),
                            number(flow.mtu()),
                            bound.way().toString()));
        }
        for (Family family : List.of(Family.INET, Family.INET6)) {
            child.flows().stream()
                    .filter(flow -> flow.family() == family && flow.mss().orElse(0) > 0)
                    .min((one, other) -> Integer.compare(one.mtu(), other.mtu()))
                    .ifPresent(flow -> table.row(
                            "TCP MSS, IPv" + (family == Family.INET ? 4 : 6),
                            number(flow.headers()),
                            number(flow.mss().orElseThrow()),
                            "IP and TCP header"));
        }
        return table;
    }

    private static void addLayer(Layer layer, TextTable table) {
        String name = name(layer.state());
        int left = layer.before();
        List<Share> shares = layer.shares();
        if (shares.isEmpty()) {
            table.row(name, number(0), number(left), "");
        }
        for (Share share : shares) {
            left -= share.bytes();
            table.row(name + ": " + share.part(), number(share.bytes()), number(Math.max(layer.left(), left)), "");
        }
    }

    private static String name(XfrmState state) {
        IpProtocol protocol = state.id().protocol();
        return protocol.equals(IpProtocol.ESP)
                ? "ESP"
                : protocol.equals(IpProtocol.COMP) ? "IPComp" : protocol.equals(IpProtocol.AH) ? "AH" : "IPIP";
    }

    private static String line(KernelWord word, ChildMtu child) {
        if (word.mtu().isEmpty()) {
            return "kernel: " + word.selector() + ": " + word.about();
        }
        return (word.contradicts(child) ? "! kernel: " : "kernel: ")
                + word.mtu().getAsInt() + " for " + word.about()
                + (word.contradicts(child)
                        ? ": not what was computed; other states, a policy that comes first or another route may be"
                                + " used for it"
                                + (child.sizes().mtu().isPresent()
                                        ? ", or the route for \"mtu\" is missing, which \"xfrmctl up\" makes"
                                        : "")
                        : ": the same");
    }

    private static String number(int value) {
        return Integer.toString(value);
    }
}

package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.FlowMtu;
import org.xfrmctl.manager.mtu.KernelWord;
import org.xfrmctl.manager.mtu.MtuNotes;
import org.xfrmctl.manager.mtu.Way;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.definition.SizeOptions;
import org.xfrmctl.model.mtu.Layer;
import org.xfrmctl.model.mtu.Share;

/** MTUs as JSON: an object for each child, with the sum from the way's MTU inwards. */
public final class MtuJson {
    private MtuJson() {}

    public static List<Map<String, Object>> list(List<MtuReport> reports) {
        return reports.stream().map(MtuJson::of).toList();
    }

    static Map<String, Object> of(MtuReport report) {
        if (report instanceof MtuReport.Failed failed) {
            return Json.object("child", failed.child().toString(), "error", failed.error());
        }
        return of((MtuReport.Computed) report);
    }

    private static Map<String, Object> of(MtuReport.Computed report) {
        ChildMtu child = report.mtu();
        return Json.object(
                "child", child.name().toString(),
                "mtu", child.mtu(),
                "peer", child.peer().toString(),
                "way", way(child.way()),
                "layers", child.sum().layers().stream().map(MtuJson::layer).toList(),
                "option_mtu", option(child.sizes().mtu()),
                "option_mss",
                        child.sizes().mss().equals(SizeOptions.Mss.none())
                                ? Optional.empty()
                                : Optional.of(child.sizes().mss().toString()),
                "least_way", child.sum().leastPath(),
                "most_way", child.sum().mostPath(),
                "flows", child.flows().stream().map(MtuJson::flow).toList(),
                "kernel",
                        report.kernel().stream().map(word -> word(word, child)).toList(),
                "notes", MtuNotes.notes(child),
                "warnings", MtuNotes.warnings(child));
    }

    private static Optional<Integer> option(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }

    private static Map<String, Object> way(Way way) {
        return Json.object(
                "mtu", way.mtu(),
                "origin", way.origin().name().toLowerCase(Locale.ROOT),
                "locked", way.locked(),
                "link", way.link().map(Way.Carrier::name),
                "link_mtu", way.link().map(Way.Carrier::mtu));
    }

    private static Object layer(Layer layer) {
        return Json.object(
                "proto", layer.state().id().protocol().toString(),
                "mode", layer.state().mode().toString(),
                "before", layer.before(),
                "parts", layer.shares().stream().map(MtuJson::share).toList(),
                "block", layer.block(),
                "left", layer.left());
    }

    private static Object share(Share share) {
        return Json.object("part", share.part().name().toLowerCase(Locale.ROOT), "bytes", share.bytes());
    }

    private static Object flow(FlowMtu flow) {
        return Json.join(
                ends(flow.selector()),
                Json.object(
                        "mtu", flow.mtu(),
                        "mss", flow.mss().isPresent() ? Optional.of(flow.mss().getAsInt()) : Optional.empty(),
                        "way", flow.bound().map(FlowMtu.Bound::way).map(MtuJson::way)));
    }

    private static Object word(KernelWord word, ChildMtu child) {
        Optional<Integer> mtu = word.mtu().isPresent() ? Optional.of(word.mtu().getAsInt()) : Optional.empty();
        return Json.join(
                ends(word.selector()),
                Json.object("mtu", mtu, "same", mtu.map(it -> !word.contradicts(child)), "about", word.about()));
    }

    private static Map<String, Object> ends(Selector selector) {
        return Json.object(
                "src", selector.source().toString(),
                "dst", selector.destination().toString());
    }
}

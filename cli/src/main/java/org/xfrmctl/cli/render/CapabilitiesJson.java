package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.netlink.probe.Capabilities;
import org.xfrmctl.netlink.probe.Capabilities.AlgorithmSupport;
import org.xfrmctl.netlink.probe.Feature;
import org.xfrmctl.netlink.probe.Support;

/** What a kernel can do, for programs. */
public final class CapabilitiesJson {
    private CapabilitiesJson() {}

    /** With {@code kernel} left out where it was not asked. */
    public static String print(String version, Optional<Capabilities> capabilities) {
        return Json.print(Json.object("version", version, "kernel", capabilities.map(CapabilitiesJson::kernel)));
    }

    private static Object kernel(Capabilities capabilities) {
        List<Object> features = capabilities.features().entrySet().stream()
                .map(CapabilitiesJson::feature)
                .toList();
        List<Object> algorithms = capabilities.algorithms().stream()
                .map(CapabilitiesJson::algorithm)
                .toList();
        return Json.object("features", features, "algorithms", algorithms);
    }

    private static Object feature(Map.Entry<Feature, Support> feature) {
        return Json.object(
                "name", feature.getKey().toString(),
                "support", feature.getValue().toString(),
                "source", feature.getKey().source());
    }

    private static Object algorithm(AlgorithmSupport algorithm) {
        return Json.object(
                "kind", algorithm.kind().toString(),
                "name", algorithm.name(),
                "support", algorithm.support().toString(),
                "source", CapabilitiesText.source(algorithm));
    }
}

package org.xfrmctl.it.lifecycle;

import java.nio.file.Path;
import java.util.List;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.LabInterfaceSpec;
import org.xfrmctl.cli.lab.LabLinkSpec;
import org.xfrmctl.cli.lab.LabRouteSpec;
import org.xfrmctl.cli.lab.LabTopology;
import org.xfrmctl.cli.lab.Laboratory;
import org.xfrmctl.cli.lab.namespace.NamespaceLaboratory;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** Two gateways, a and b, a host behind each, and the flows between them. */
record Stage(Laboratory laboratory, Traffic traffic) implements AutoCloseable {
    /** The link between the gateways. */
    static final String WIRE = "wire";

    private static final LabTopology TOPOLOGY = new LabTopology(
            List.of(
                    new LabHostSpec(
                            "left",
                            false,
                            List.of(on("lan-a", "10.1.0.2/24")),
                            List.of(route("10.1.0.1", "10.2.0.0/24"))),
                    new LabHostSpec(
                            "a",
                            true,
                            List.of(on("lan-a", "10.1.0.1/24"), on(WIRE, "192.0.2.1/24", "192.0.2.11/24")),
                            List.of(route("192.0.2.2", "10.2.0.0/24"))),
                    new LabHostSpec(
                            "b",
                            true,
                            List.of(on("lan-b", "10.2.0.1/24"), on(WIRE, "192.0.2.2/24", "192.0.2.12/24")),
                            List.of(route("192.0.2.1", "10.1.0.0/24"))),
                    new LabHostSpec(
                            "right",
                            false,
                            List.of(on("lan-b", "10.2.0.2/24")),
                            List.of(route("10.2.0.1", "10.1.0.0/24")))),
            List.of(new LabLinkSpec("lan-a", 1500), new LabLinkSpec(WIRE, 1500), new LabLinkSpec("lan-b", 1500)));

    private static LabInterfaceSpec on(String link, String... addresses) {
        return new LabInterfaceSpec(
                link, List.of(addresses).stream().map(IpPrefix::parse).toList());
    }

    private static LabRouteSpec route(String via, String destination) {
        return new LabRouteSpec(IpPrefix.parse(destination), IpAddress.parse(via));
    }

    /** In this process, where a packet of each flow is sent between every two netlink messages. */
    static Stage userspace() {
        UserspaceLaboratory laboratory = new UserspaceLaboratory(TOPOLOGY);
        return new Stage(laboratory, new PumpedTraffic(laboratory));
    }

    /** In namespaces of the running kernel, where threads send as time passes. */
    static Stage namespaces() {
        NamespaceLaboratory laboratory = NamespaceLaboratory.open(TOPOLOGY);
        return new Stage(laboratory, StreamedTraffic.start(laboratory));
    }

    /** What crosses the link between the gateways while {@code scene} is played, with all that is sent in it. */
    Witness witness(Path pcap, Runnable scene) {
        Laboratory.Capture capture = laboratory instanceof NamespaceLaboratory namespaces
                ? namespaces.captureHeaders(WIRE, pcap)
                : laboratory.capture(WIRE, pcap);
        scene.run();
        // A capture is complete when nothing comes any more.
        traffic.quietly(capture::close);
        return Witness.read(pcap);
    }

    @Override
    public void close() {
        traffic.close();
        laboratory.close();
    }
}

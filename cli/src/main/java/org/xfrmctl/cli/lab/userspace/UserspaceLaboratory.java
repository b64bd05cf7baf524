package org.xfrmctl.cli.lab.userspace;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.xfrmctl.cli.lab.LabHost;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.LabInterfaceSpec;
import org.xfrmctl.cli.lab.LabTopology;
import org.xfrmctl.cli.lab.Laboratory;
import org.xfrmctl.datapath.host.Echo;
import org.xfrmctl.datapath.host.EchoOptions;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.host.Transfer;
import org.xfrmctl.datapath.host.TransferOptions;
import org.xfrmctl.datapath.host.TransferOutcome;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.model.IpAddress;

/** A lab of userspace kernels. Not for use by several threads at once. */
public final class UserspaceLaboratory implements Laboratory {
    private final Network network = new Network();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<String, UserspaceHost> hosts = new LinkedHashMap<>();
    private final List<Capture> captures = new ArrayList<>();
    private final Clock clock = Clock.systemUTC();
    private final LabTopology topology;

    /** Builds the network; what hosts are free to choose is random. */
    public UserspaceLaboratory(LabTopology topology) {
        this(topology, host -> Identifiers.random(new Random()));
    }

    /** As the other one, with chosen identifiers for each host by its name. */
    public UserspaceLaboratory(LabTopology topology, Function<String, Identifiers> identifiers) {
        this.topology = topology;
        topology.links().forEach(link -> links.put(link.name(), network.link(link.name(), link.mtu())));
        topology.hosts().forEach(spec -> hosts.put(spec.name(), build(spec, identifiers.apply(spec.name()))));
    }

    private UserspaceHost build(LabHostSpec spec, Identifiers identifiers) {
        Host host = new Host(spec.name(), network, clock, new Random(), identifiers);
        for (LabInterfaceSpec each : spec.interfaces()) {
            host.attach(each.link(), link(each.link()), each.addresses());
        }
        spec.routes().forEach(route -> host.route(route.destination(), route.via()));
        host.forwarding(spec.forwarding());
        host.silent(spec.silent());
        return new UserspaceHost(host);
    }

    private Link link(String name) {
        return Optional.ofNullable(links.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the lab has no link " + name));
    }

    @Override
    public LabHost host(String name) {
        return userspaceHost(name);
    }

    @Override
    public PingOutcome echo(String from, EchoOptions request) {
        return Echo.run(network, userspaceHost(from).host(), owner(request.destination()), request);
    }

    @Override
    public TransferOutcome transfer(String from, TransferOptions request) {
        return Transfer.run(network, userspaceHost(from).host(), owner(request.destination()), request);
    }

    /** The host's network stack, for what is no step of a lab. */
    public Host stack(String host) {
        return userspaceHost(host).host();
    }

    /** Lets packets run until nothing is under way any more. */
    public void pump() {
        network.pump();
    }

    private Host owner(IpAddress address) {
        return topology.owner(address)
                .map(spec -> userspaceHost(spec.name()).host())
                .orElseThrow(() -> new IllegalArgumentException("the lab has no host with " + address));
    }

    private UserspaceHost userspaceHost(String name) {
        return Optional.ofNullable(hosts.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the lab has no host " + name));
    }

    @Override
    public Capture capture(String link, Path pcap) {
        LinkCapture capture = LinkCapture.start(link(link), pcap, clock);
        captures.add(capture);
        return capture;
    }

    @Override
    public void close() {
        List<RuntimeException> failures = new ArrayList<>();
        for (Capture capture : captures) {
            try {
                capture.close();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }
}

package org.xfrmctl.cli.lab.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.cli.firewall.FirewallTables;
import org.xfrmctl.cli.firewall.NftTables;
import org.xfrmctl.cli.kernel.HostFiles;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.cli.kernel.ProbingSession;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.cli.kernel.XfrmStat;
import org.xfrmctl.cli.lab.LabHost;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.manager.probe.ProbingHost;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.sys.NetworkNamespace;

/** A host that is a network namespace. */
record NamespaceHost(String namespace) implements LabHost {
    @Override
    public NetlinkTransport openNetlink() {
        return AfNetlinkSocket.open(NetlinkProtocol.XFRM, NetworkNamespace.named(namespace));
    }

    @Override
    public LinkSession openLinks() {
        return LinkSession.over(AfNetlinkSocket.open(NetlinkProtocol.ROUTE, NetworkNamespace.named(namespace)));
    }

    @Override
    public ProbingHost openProbing(List<LogicalInterface> interfaces) {
        NetworkNamespace inside = NetworkNamespace.named(namespace);
        RunningKernel kernel = new RunningKernel();
        return new ProbingSession(
                AfNetlinkSocket.open(NetlinkProtocol.ROUTE, inside),
                interfaces,
                question -> inside.call(() -> kernel.socketMtu(question)),
                path -> inside.call(() -> kernel.openSounder(path).orElseThrow()));
    }

    @Override
    public FirewallTables firewall() {
        return NftTables.in(namespace);
    }

    @Override
    public PingOutcome ping(PingOptions request) {
        Command command = Command.in(namespace, pingWords(request));
        // With a source address given, iputils 20221126 keeps silent when the kernel refuses to send (EPERM); without,
        // it connects a socket first and complains. The counter of block policies tells it in both cases.
        long blocked = blocked(request);
        int sent = 0;
        int received = 0;
        Optional<String> error = Optional.empty();
        for (int i = 0; i < request.count(); i++) {
            PingOutput output = PingOutput.parse(command.attempt().output());
            Optional<String> refused = output.error();
            if (!output.answered() && refused.isEmpty() && blocked(request) > blocked) {
                refused = Optional.of(Errno.EPERM.text());
                blocked = blocked(request);
            }
            sent += refused.isEmpty() ? 1 : 0;
            received += output.answered() ? 1 : 0;
            error = error.isPresent() ? error : refused;
        }
        return new PingOutcome(sent, received, error);
    }

    private long blocked(PingOptions request) {
        return request.source().isPresent() ? statistics().getOrDefault(XfrmCounter.OUT_POL_BLOCK, 0L) : 0;
    }

    private static String[] pingWords(PingOptions request) {
        // One process for each request: its own deadline, and no interval between them.
        List<String> words = new ArrayList<>(List.of("ping", "-n", "-c", "1"));
        words.addAll(List.of("-W", "1", "-s", Integer.toString(request.size())));
        words.add(request.destination().family() == Family.INET6 ? "-6" : "-4");
        request.source().ifPresent(source -> words.addAll(List.of("-I", source.toString())));
        if (request.dontFragment()) {
            words.addAll(List.of("-M", "do"));
        }
        if (request.tos() != 0) {
            words.addAll(List.of("-Q", Integer.toString(request.tos())));
        }
        if (request.mark() != 0) {
            words.addAll(List.of("-m", Integer.toUnsignedString(request.mark())));
        }
        words.add(request.destination().toString());
        return words.toArray(String[]::new);
    }

    @Override
    public Map<XfrmCounter, Long> statistics() {
        return XfrmStat.of(NetworkNamespace.named(namespace).call(NamespaceHost::xfrmStat));
    }

    /** Of the namespace that this thread is in: {@code /proc/net} would be that of the process. */
    private static Map<String, Long> xfrmStat() {
        try {
            return HostFiles.statistics(Path.of("/proc/thread-self"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.xfrmctl.cli.lab.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xfrmctl.cli.firewall.FirewallTables;
import org.xfrmctl.cli.firewall.NftTables;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.cli.kernel.ProbingSession;
import org.xfrmctl.cli.kernel.RunningKernel;
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
    private static final Pattern COUNTER = Pattern.compile("(?m)^(Xfrm\\w+)\\s+(\\d+)$");

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
        String text = NetworkNamespace.named(namespace).call(NamespaceHost::xfrmStat);
        Map<String, Long> byName = new HashMap<>();
        Matcher line = COUNTER.matcher(text);
        while (line.find()) {
            byName.put(line.group(1), Long.parseLong(line.group(2)));
        }
        Map<XfrmCounter, Long> counters = new EnumMap<>(XfrmCounter.class);
        for (XfrmCounter counter : XfrmCounter.values()) {
            if (byName.containsKey(counter.toString())) {
                counters.put(counter, byName.get(counter.toString()));
            }
        }
        return counters;
    }

    /** Of the namespace that this thread is in: {@code /proc/net} would be that of the process. */
    private static String xfrmStat() {
        Path file = Path.of("/proc/thread-self/net/xfrm_stat");
        try {
            // Without CONFIG_XFRM_STATISTICS there is no such file, and so every counter is absent.
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

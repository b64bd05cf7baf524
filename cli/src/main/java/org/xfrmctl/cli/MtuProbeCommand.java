package org.xfrmctl.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.xfrmctl.cli.daemon.DoorProbing;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.ProbingSession;
import org.xfrmctl.cli.render.ProbeJson;
import org.xfrmctl.cli.render.ProbeText;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.probe.HostProbe;
import org.xfrmctl.manager.probe.ProbeEnds;
import org.xfrmctl.manager.probe.ProbeLimits;
import org.xfrmctl.manager.probe.ProbeReport;
import org.xfrmctl.manager.probe.ProbingHost;
import org.xfrmctl.manager.probe.TunnelProbe;
import org.xfrmctl.manager.probe.UnprobeableException;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl mtu probe}: how long packets may really be, and where path MTU discovery is broken. Changes nothing. */
@Command(
        name = "probe",
        header = "find out how long packets really may be",
        description = {
            "Find out by echo requests how long packets may really be, and who tells when they are too long.",
            "On a gateway, with NAME, through that child's tunnel; on any other host, without NAME, to a host behind one."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl mtu probe home/net --to 10.1.0.10              on the gateway: is place 2 well, between the gateways?",
            "  xfrmctl mtu probe --to 10.1.0.10 --tunnel-mtu 1446     on a host behind it: is place 1, is the host told?",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all that is to pass does, or hosts are told what does",
            "1:something vanishes and nobody says so, or is refused, or nothing could be found out",
            "64:the command line is wrong"
        })
final class MtuProbeCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Option(
            names = "--to",
            paramLabel = "HOST",
            description = "Whom to ask: an address in the child's remote_ts. Default: remote_ts, if that is one host.")
    Optional<String> to = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "An address of this host to ask from. Default: one in the child's local_ts, or the route's.")
    Optional<String> from = Optional.empty();

    @Option(
            names = "--tunnel-mtu",
            paramLabel = "N",
            description =
                    "What \"xfrmctl mtu\" says on the gateway, 68 to 65535: then the two places can be told apart from"
                            + " a host behind it.")
    Optional<Integer> tunnelMtu = Optional.empty();

    @Option(
            names = "--netlink-socket",
            paramLabel = "PATH",
            description = "Ask from the host of the daemon with this socket.")
    Optional<Path> socket = Optional.empty();

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A child of this host.")
    Optional<String> name = Optional.empty();

    MtuProbeCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        ProbeReport report;
        try {
            report = report();
        } catch (UnprobeableException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e.advice());
        } catch (NetlinkException e) {
            throw socket.map(path -> DaemonRefusal.explain(path, e)).orElseGet(() -> explained(e));
        }
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(ProbeJson.print(report));
        } else {
            out.print(ProbeText.print(report));
        }
        out.flush();
        return report.verdict().isGood() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private ProbeReport report() {
        ProbeEnds ends = new ProbeEnds(from.map(this::address), to.map(this::address));
        ProbeLimits limits = ProbeLimits.by(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        MtuRange.check(spec, "--tunnel-mtu", tunnelMtu);
        if (name.isEmpty()) {
            if (to.isEmpty()) {
                throw wrong("without a child's NAME it takes --to HOST: a host behind the tunnel");
            }
            try (ProbingHost host = host(List.of())) {
                return new HostProbe(host, limits)
                        .run(ends, tunnelMtu.map(OptionalInt::of).orElse(OptionalInt.empty()));
            }
        }
        if (tunnelMtu.isPresent()) {
            throw wrong("--tunnel-mtu is for hosts behind the gateway; for a child of this host it is computed");
        }
        Definition definition = options.definition();
        DesiredChild child = child(Wanted.withoutKeys(definition).outline(), name.get());
        try (ProbingHost host = host(definition.interfaces())) {
            return new TunnelProbe(child, host, limits).run(ends);
        }
    }

    private DesiredChild child(DesiredState defined, String wanted) {
        Set<ChildName> chosen = options.choose(defined, List.of(wanted));
        if (chosen.size() != 1) {
            throw wrong("\"" + wanted + "\" has several children; name one: "
                    + String.join(", ", chosen.stream().map(ChildName::toString).toList()));
        }
        return defined.only(chosen).children().get(0);
    }

    private ProbingHost host(List<LogicalInterface> interfaces) {
        return socket.isPresent() ? new DoorProbing(socket.get()) : host(kernel, interfaces);
    }

    /** This host, for who finds out a path from it. */
    static ProbingHost host(Kernel kernel, List<LogicalInterface> interfaces) {
        NetlinkTransport routes = kernel.openRoute()
                .orElseThrow(() -> new CommandFailedException(
                        "this kernel has no routes: it is one of states and policies alone",
                        "name the socket of a daemon with --netlink-socket PATH"));
        return new ProbingSession(
                routes,
                interfaces,
                kernel::socketMtu,
                path -> kernel.openSounder(path)
                        .orElseThrow(() -> new CommandFailedException("this kernel has no sockets for programs")));
    }

    private IpAddress address(String words) {
        try {
            return IpAddress.parse(words);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /** What cannot be explained is told as it is. */
    static RuntimeException explained(NetlinkException e) {
        return e.is(Errno.EPERM)
                ? new CommandFailedException(
                        "echo requests are not allowed to this user: " + e.getMessage(),
                        "run as root, or let the user's group have sockets for them: sysctl"
                                + " net.ipv4.ping_group_range=\"FIRST LAST\"")
                : e;
    }
}

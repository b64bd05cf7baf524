package org.xfrmctl.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xfrmctl.cli.colour.Painting;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.output.Looks;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.cli.render.MtuJson;
import org.xfrmctl.cli.render.MtuReport;
import org.xfrmctl.cli.render.MtuText;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.HostWays;
import org.xfrmctl.manager.mtu.KernelWord;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.RouteClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl mtu}: how long the packets of a child may be, line by line. Changes nothing and reads no secret. */
@Command(
        name = "mtu",
        header = "show how long packets may be, and why",
        description = {
            "Show how long each child's packets may be, what takes the rest, and the TCP MSS that follows.",
            "Starts from the route to the peer; says beside it what the kernel tells a socket, if the child is up."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl mtu home/net                  of this host, now",
            "  xfrmctl mtu --link-mtu 1492 home/net  of another, or of tomorrow; asks no kernel",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:failed, for one child at least, or the kernel says another MTU than was computed",
            "64:the command line is wrong"
        })
final class MtuCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Option(
            names = "--link-mtu",
            paramLabel = "N",
            description = "Start from this MTU of the way to the peer, 68 to 65535, and ask no kernel.")
    Optional<Integer> linkMtu = Optional.empty();

    @Mixin
    LookOptions look;

    @Mixin
    ColourOptions colour;

    @Option(names = "--json", description = "Print JSON; with --watch, an object on each line.")
    boolean json;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    MtuCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        MtuRange.check(spec, "--link-mtu", linkMtu);
        look.check(spec);
        Definition definition = options.definition();
        Wanted wanted = Wanted.withoutKeys(definition);
        Set<ChildName> chosen = options.choose(wanted.outline(), names);
        DesiredState desired = wanted.outline().only(chosen);
        return look.show(spec, json, looks -> {
            List<MtuReport> reports = linkMtu.isPresent()
                    ? given(desired, Ways.given(linkMtu.get(), definition.interfaces()))
                    : asked(desired, definition.interfaces());
            return new LookOptions.Seen(
                    json
                            ? Json.document(MtuJson.list(reports), "children", looks.map(Looks::time))
                            : colour.paint(
                                    spec,
                                    Painting.MTU,
                                    reports.stream().map(MtuText::print).collect(Collectors.joining())),
                    List.of(),
                    reports.stream().allMatch(MtuReport::isGood) ? ExitCode.DONE : ExitCode.FAILED);
        });
    }

    private static List<MtuReport> given(DesiredState desired, Ways ways) {
        return desired.children().stream()
                .<MtuReport>map(child -> new MtuReport.Computed(ChildMtu.of(child, ways), List.of()))
                .toList();
    }

    private List<MtuReport> asked(DesiredState desired, List<LogicalInterface> interfaces) {
        RouteClient routes = new RouteClient(kernel.openRoute()
                .orElseThrow(() -> new CommandFailedException(
                        "this kernel has no routes: it is one of states and policies alone",
                        "say the MTU of the way to the peer with --link-mtu N")));
        try (routes) {
            Ways ways = new HostWays(routes, interfaces);
            List<MtuReport> computed = desired.children().stream()
                    .map(child -> compute(child, ways))
                    .toList();
            Function<DesiredChild, List<KernelWord>> kernelSays = asking(ways);
            List<MtuReport> reports = new ArrayList<>();
            for (int i = 0; i < computed.size(); i++) {
                DesiredChild child = desired.children().get(i);
                reports.add(
                        computed.get(i) instanceof MtuReport.Computed report
                                ? new MtuReport.Computed(report.mtu(), kernelSays.apply(child))
                                : computed.get(i));
            }
            return reports;
        }
    }

    /** Routes are told to everybody, policies and states are not. */
    private Function<DesiredChild, List<KernelWord>> asking(Ways ways) {
        try (KernelSession session = new KernelSession(kernel.open())) {
            Snapshot snapshot = session.snapshot();
            return child -> KernelWord.of(child, snapshot, ways, kernel::socketMtu);
        } catch (NetlinkException e) {
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
            return child -> KernelWord.none(child, "looking at policies and states takes CAP_NET_ADMIN");
        }
    }

    /** As far as the kernel need not be asked about policies. A child without a way takes nothing from the others. */
    private static MtuReport compute(DesiredChild child, Ways ways) {
        try {
            return new MtuReport.Computed(ChildMtu.of(child, ways), List.of());
        } catch (NetlinkException e) {
            if (!HostWays.isWithoutRoute(e)) {
                throw e;
            }
            return new MtuReport.Failed(
                    child.name(),
                    "there is no way to " + child.outbound().get(0).id().destination() + ": " + e.getMessage());
        }
    }
}

package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.xfrmctl.cli.daemon.DoorTables;
import org.xfrmctl.cli.firewall.FirewallTables;
import org.xfrmctl.cli.firewall.HeldTable;
import org.xfrmctl.cli.firewall.Installation;
import org.xfrmctl.cli.firewall.NftTables;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.render.FirewallJson;
import org.xfrmctl.cli.render.FirewallReport;
import org.xfrmctl.cli.render.FirewallText;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.manager.firewall.FirewallCompiler;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.HostWays;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.SizeOptions.Mss;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.route.RouteClient;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl firewall}: the rules that children need of a packet filter, printed or installed in tables of their own. */
@Command(
        name = "firewall",
        header = "print or install the nftables rules that children need",
        description = {
            "Print the nftables rules that children need: what must pass, and what \"mss\" and \"copy_df: set\" ask for.",
            "With --install they are put into a table of its own for each child; nothing else is ever touched."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl firewall home/net               look at the rules",
            "  xfrmctl firewall --install --mss-only   clamp the MSS of every child that says so",
            "  xfrmctl firewall --status               what is installed, and what it has met",
            "  xfrmctl firewall --remove home          take away those of one connection",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:refused or failed; the reason is on standard error", "64:the command line is wrong"
        })
final class FirewallCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    /** At most one of these; none prints. */
    static final class Action {
        @Option(names = "--install", description = "Replace the rules of these children by what is printed.")
        boolean install;

        @Option(
                names = "--remove",
                description = "Remove the rules of these children; without a NAME all that were ever installed.")
        boolean remove;

        @Option(names = "--status", description = "Show what is installed, and how many packets each rule has met.")
        boolean status;
    }

    @ArgGroup
    Action action = new Action();

    @Option(
            names = "--mss-only",
            description =
                    "The rules for the TCP MSS alone. With --install and without a NAME, children that need none keep"
                            + " what they have.")
    boolean mssOnly;

    @Option(
            names = "--link-mtu",
            paramLabel = "N",
            description =
                    "For \"mss: auto\": start from this MTU of the way to the peer, 68 to 65535, and ask no kernel.")
    Optional<Integer> linkMtu = Optional.empty();

    @Option(
            names = "--netlink-socket",
            paramLabel = "PATH",
            description = "The socket of a daemon, whose userspace host gets the rules that change packets.")
    Optional<Path> socket = Optional.empty();

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections or children; default: all.")
    List<String> names = List.of();

    FirewallCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        checkOptions();
        try {
            run();
        } catch (NetlinkException e) {
            throw socket.map(path -> DaemonRefusal.explain(path, e)).orElse(e);
        }
        return ExitCode.DONE;
    }

    private void checkOptions() {
        MtuRange.check(spec, "--link-mtu", linkMtu);
        if (action.status || action.remove) {
            String what = action.status ? "--status shows" : "--remove takes away";
            if (mssOnly) {
                throw new ParameterException(
                        spec.commandLine(), what + " all rules of a child: leave --mss-only out; it is for --install");
            }
            if (linkMtu.isPresent()) {
                throw new ParameterException(
                        spec.commandLine(), what + " what is installed: leave --link-mtu out; it is for new rules");
            }
        }
    }

    private void run() {
        if (action.remove) {
            report(removed());
        } else if (action.status) {
            report(new FirewallReport.Status(tables().hasFilter(), held()));
        } else {
            List<ChildFirewall> rules = rules();
            if (action.install) {
                report(new FirewallReport.Installed(
                        tables().hasFilter(), Installation.of(rules, emptied(rules), tables())));
            } else {
                report(new FirewallReport.Rules(rules));
            }
        }
    }

    /** Who wants the MSS of all children clamped does not ask for the other rules of those that have none to go. */
    private Set<ChildName> emptied(List<ChildFirewall> rules) {
        return mssOnly && names.isEmpty()
                ? Set.of()
                : rules.stream().map(ChildFirewall::child).collect(Collectors.toSet());
    }

    private void report(FirewallReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(FirewallJson.print(report));
        } else {
            out.print(FirewallText.print(report));
        }
        out.flush();
    }

    private FirewallTables tables() {
        return socket.<FirewallTables>map(DoorTables::new).orElseGet(NftTables::here);
    }

    private List<ChildFirewall> rules() {
        Definition definition = options.definition();
        DesiredState outline = Wanted.withoutKeys(definition).outline();
        DesiredState chosen = outline.only(options.choose(outline, names));
        UnaryOperator<ChildFirewall> wanted =
                mssOnly ? ChildFirewall::mss : socket.isPresent() ? ChildFirewall::changing : rules -> rules;
        return compile(definition, chosen).stream().map(wanted).toList();
    }

    /** The routes are looked at for "mss: auto" alone; everything else stands in the definition. */
    private List<ChildFirewall> compile(Definition definition, DesiredState chosen) {
        if (linkMtu.isPresent()) {
            Ways given = Ways.given(linkMtu.get(), definition.interfaces());
            return FirewallCompiler.compile(definition, chosen, child -> ChildMtu.of(child, given));
        }
        boolean auto = definition
                .children()
                .anyMatch(child ->
                        chosen.names().contains(child.name()) && child.sizes().mss() instanceof Mss.Auto);
        if (!auto) {
            return FirewallCompiler.compile(definition, chosen, child -> {
                throw new AssertionError(child.name());
            });
        }
        RouteClient routes = new RouteClient(kernel.openRoute()
                .filter(route -> socket.isEmpty())
                .orElseThrow(() -> new CommandFailedException(
                        "\"mss: auto\" follows from the way to the peer, and this kernel has no routes to be asked about",
                        "say the MTU of that way with --link-mtu N")));
        try (routes) {
            return FirewallCompiler.compile(definition, chosen, byWay(new HostWays(routes, definition.interfaces())));
        }
    }

    private static Function<DesiredChild, ChildMtu> byWay(Ways ways) {
        return child -> {
            try {
                return ChildMtu.of(child, ways);
            } catch (NetlinkException e) {
                if (!HostWays.isWithoutRoute(e)) {
                    throw e;
                }
                throw new CommandFailedException(
                        child.name() + ": there is no way to "
                                + child.outbound().get(0).id().destination() + ": " + e.getMessage(),
                        "add the address or the route, or say the MTU of the way with --link-mtu N");
            }
        };
    }

    private List<HeldTable> held() {
        List<HeldTable> held = tables().list();
        if (names.isEmpty()) {
            return held;
        }
        Set<ChildName> meant = meant(held.stream().map(HeldTable::child).toList());
        return held.stream().filter(table -> meant.contains(table.child())).toList();
    }

    private FirewallReport removed() {
        List<ChildName> held = tables().names();
        Set<ChildName> meant = meant(held);
        List<ChildName> gone = held.stream().filter(meant::contains).toList();
        tables().remove(gone);
        return new FirewallReport.Removed(gone);
    }

    /** A child that is not defined any more may still have rules, and is meant by its name. */
    private Set<ChildName> meant(List<ChildName> held) {
        Set<ChildName> meant = new LinkedHashSet<>();
        if (names.isEmpty()) {
            meant.addAll(held);
        }
        for (String name : names) {
            List<ChildName> found = held.stream()
                    .filter(child ->
                            child.toString().equals(name) || child.connection().equals(name))
                    .toList();
            meant.addAll(found.isEmpty() ? defined(name) : Set.copyOf(found));
        }
        return meant;
    }

    private Set<ChildName> defined(String name) {
        return options.choose(Wanted.withoutKeys(options.definition()).outline(), List.of(name));
    }
}

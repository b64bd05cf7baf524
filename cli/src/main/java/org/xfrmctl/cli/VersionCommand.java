package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.render.CapabilitiesJson;
import org.xfrmctl.cli.render.CapabilitiesText;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.probe.Capabilities;
import org.xfrmctl.netlink.probe.CapabilityProbe;
import org.xfrmctl.netlink.probe.Support;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xfrmctl version}: what this is, and what the kernel can do. */
@Command(
        name = "version",
        header = "print the version, and what the kernel can do",
        description = {
            "Print the version, and with --kernel what this kernel can do.",
            "The kernel is asked; nothing is changed, but it may load modules on the way."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl version",
            "  xfrmctl version --kernel           what it has, and which option would bring the rest",
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class VersionCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Option(names = "--kernel", description = "Print what the kernel has and lacks, and which option would bring it.")
    boolean ofKernel;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    VersionCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String version = Version.ofProgram();
        Optional<Capabilities> capabilities = ofKernel ? Optional.of(probe()) : Optional.empty();
        if (json) {
            out.println(CapabilitiesJson.print(version, capabilities));
        } else {
            out.println("xfrmctl " + version);
            capabilities.ifPresent(found -> out.print(CapabilitiesText.print(found)));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private Capabilities probe() {
        Support interfaces =
                kernel.openRoute().map(VersionCommand::xfrmInterfaces).orElse(Support.UNKNOWN);
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            return new CapabilityProbe(client).probe(interfaces);
        }
    }

    private static Support xfrmInterfaces(NetlinkTransport transport) {
        try (RouteClient client = new RouteClient(transport)) {
            return CapabilityProbe.xfrmInterfaces(client);
        }
    }
}

package org.xfrmctl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.control.ControlClient;
import org.xfrmctl.cli.daemon.DoorProbing;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.NetlinkException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code xfrmctl health}: whether a watch or a daemon does its work, for who restarts them. */
@Command(
        name = "health",
        header = "tell whether a watch or a daemon answers",
        description = {
            "Ask the running \"watch\" for its status, or with --netlink-socket the running \"daemon\" for its"
                    + " addresses.",
            "It is healthy if it answers in time: its definition can be read, and its kernel can be asked. That a child is down"
                    + " is no illness, for to start the watch anew would not mend it."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:healthy", "1:not: the reason is on standard error", "64:the command line is wrong"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl health                               the watch of this network namespace",
            "  xfrmctl health --netlink-socket /tmp/xfrm    a daemon",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class HealthCommand implements Callable<Integer> {
    private static final String DAEMON = "XFRMCTL_NETLINK_SOCKET";

    private final Kernel kernel;
    private final Map<String, String> environment;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--netlink-socket",
            paramLabel = "PATH",
            description =
                    "The socket of a daemon. Default: $XFRMCTL_NETLINK_SOCKET, if there is such a file; otherwise a"
                            + " watch is asked.")
    @Nullable
    Path daemon;

    @Mixin
    WatchPlace place = new WatchPlace();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for the answer. Default: ${DEFAULT-VALUE}.")
    int wait = 10;

    HealthCommand(Kernel kernel, Map<String, String> environment) {
        this.kernel = kernel;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() {
        if (wait < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--wait " + wait + " is less than 1: an answer takes its time");
        }
        Duration patience = Duration.ofSeconds(wait);
        Optional<Path> asked = daemon();
        if (asked.isPresent()) {
            Path socket = asked.get();
            return TimelyAnswer.within(patience, "the daemon at " + socket, () -> ofDaemon(socket));
        }
        Path socket = place.socket(kernel);
        return TimelyAnswer.within(patience, "the watch at " + socket, () -> ofWatch(socket));
    }

    private Optional<Path> daemon() {
        boolean isWatch = place.isGiven();
        if (isWatch && daemon != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--netlink-socket is a daemon's, --control and --state-dir are a watch's: give one or the other");
        }
        if (isWatch || daemon != null) {
            return Optional.ofNullable(daemon);
        }
        return Optional.ofNullable(environment.get(DAEMON))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::exists);
    }

    private Integer ofDaemon(Path socket) {
        try {
            String addresses = new DoorProbing(socket)
                    .ways().own().stream().map(IpAddress::toString).collect(Collectors.joining(", "));
            PrintWriter out = spec.commandLine().getOut();
            out.println("the daemon at " + socket + " answers; its addresses: "
                    + (addresses.isEmpty() ? "none" : addresses));
            out.flush();
            return ExitCode.DONE;
        } catch (NetlinkException e) {
            throw DaemonRefusal.explain(socket, e);
        }
    }

    private Integer ofWatch(Path socket) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            int status = ControlClient.ask(
                    socket, List.of("status"), spec.commandLine().getOut(), err);
            return status == ExitCode.DONE ? ExitCode.DONE : ExitCode.FAILED;
        } catch (IOException e) {
            throw new CommandFailedException(
                    "no watch answers at " + socket + ": " + e.getMessage(),
                    "is \"xfrmctl watch\" running, in this network namespace and with this state directory? For a"
                            + " daemon give --netlink-socket PATH, or set " + DAEMON);
        }
    }
}

package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.xfrmctl.cli.daemon.DaemonHost;
import org.xfrmctl.cli.daemon.DeviceSpec;
import org.xfrmctl.cli.daemon.NetlinkDoor;
import org.xfrmctl.cli.daemon.RouteSpec;
import org.xfrmctl.cli.metrics.MetricsServer;
import org.xfrmctl.netlink.sys.PacketListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code xfrmctl daemon}: a userspace kernel that stays, for programs that know nothing of it. */
@Command(
        name = "daemon",
        header = "run a userspace kernel for other programs",
        description = {
            "Run a userspace kernel that answers NETLINK_XFRM on a Unix socket, without privileges.",
            "Programs such as ip are taken to it by the preload library: the lines that this prints when it is ready say"
                    + " how. Ends with Ctrl-C or SIGTERM; what the kernel held is gone then."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl daemon --netlink-socket /tmp/xfrm",
            "  xfrmctl daemon --netlink-socket /tmp/xfrm --device tun,name=xfrm0,address=10.9.0.1/24",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class DaemonCommand implements Callable<Integer> {
    /** The kernels that a daemon can be. */
    enum Backend {
        userspace
    }

    @Spec
    CommandSpec spec;

    @Option(
            names = "--backend",
            paramLabel = "BACKEND",
            description = "The kernel to run: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    Backend backend = Backend.userspace;

    @Option(
            names = "--netlink-socket",
            paramLabel = "PATH",
            required = true,
            description = "Where the socket is made, with mode 0600; it is removed at the end.")
    Path socket;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = {
                "A way for packets in and out; may be given several times:",
                "  udp,local=ADDRESS:PORT,remote=ADDRESS:PORT,peer=ADDRESS: ESP in UDP to another daemon, no privilege",
                "  tun,name=NAME[,mtu=MTU]: a TUN interface, from and to this machine",
                "  packet,name=NAME: an Ethernet interface, such as one end of a veth",
                "each with ,address=ADDRESS/LENGTH (several times): what the daemon's host has for its own."
            })
    List<String> devices = new ArrayList<>();

    @Option(
            names = "--route",
            paramLabel = "ROUTE",
            description = "PREFIX,via=ADDRESS[,source=ADDRESS], where ADDRESS is on a device's network.")
    List<String> routes = new ArrayList<>();

    @Option(names = "--forward", description = "Pass on what comes by one device and is for others.")
    boolean forward;

    @Mixin
    MetricsOptions metrics;

    @Override
    public Integer call() throws InterruptedException {
        List<DeviceSpec> deviceSpecs = parse(devices, "--device", DeviceSpec::parse);
        List<RouteSpec> routeSpecs = parse(routes, "--route", RouteSpec::parse);
        metrics.address();
        try (SocketFile<PacketListener> file = SocketFile.create(socket, PacketListener::at)) {
            return run(file, open(deviceSpecs, routeSpecs));
        }
    }

    private DaemonHost open(List<DeviceSpec> deviceSpecs, List<RouteSpec> routeSpecs) {
        try {
            return new DaemonHost(deviceSpecs, routeSpecs, forward, new SecureRandom(), this::tell);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("xfrmctl: " + line);
        err.flush();
    }

    private <T> List<T> parse(List<String> texts, String option, Function<String, T> parser) {
        try {
            return texts.stream().map(parser).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
        }
    }

    private int run(SocketFile<PacketListener> file, DaemonHost host) throws InterruptedException {
        NetlinkDoor door = NetlinkDoor.of(host, file.listener());
        // A signal ends the process when its hooks have run, whatever the thread that runs the door does.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(door, file), "end the daemon"));
        FutureTask<Void> packets = new FutureTask<>(host::run, null);
        Thread mover = new Thread(
                () -> {
                    packets.run();
                    // Without its devices a daemon is none.
                    door.close();
                },
                "packets");
        mover.setDaemon(true);
        mover.start();
        Optional<MetricsServer> server = Optional.empty();
        try {
            server = metrics.open(() -> new DaemonMetrics(host, door).scraper(metrics));
            sayReady();
            door.run();
        } finally {
            server.ifPresent(MetricsServer::close);
            end(door, file);
            host.stop();
        }
        return ended(packets);
    }

    private static int ended(FutureTask<Void> packets) throws InterruptedException {
        try {
            packets.get();
            return ExitCode.DONE;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
    }

    private static void end(NetlinkDoor door, SocketFile<PacketListener> file) {
        door.close();
        file.close();
    }

    private void sayReady() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("ready: the userspace kernel answers at " + socket);
        Path absolute = socket.toAbsolutePath();
        out.println(PreloadLibrary.find()
                .map(library -> "  LD_PRELOAD=" + library + " XFRMCTL_NETLINK_SOCKET=" + absolute + " ip xfrm state")
                .orElse("  for ip and other programs build the preload library beside the jar: preload/build"
                        + " xfrmctl-preload.so (it needs gcc)"));
        out.flush();
    }
}

package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.daemon.NetlinkDoor;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xfrmctl daemon}: a userspace kernel that stays, for programs that know nothing of it. */
@Command(
        name = "daemon",
        description = {
            "Run a userspace kernel that answers NETLINK_XFRM on a Unix socket, without privileges.",
            "Programs such as ip are taken to it by the preload library: the lines that this prints when it is ready say"
                    + " how. Ends with Ctrl-C or SIGTERM; what the kernel held is gone then."
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

    @Override
    public Integer call() {
        XfrmNamespace namespace = new XfrmNamespace(Clock.systemUTC(), new SecureRandom());
        SocketFile file = SocketFile.create(socket);
        NetlinkDoor door = new NetlinkDoor(new UserspaceKernel(namespace), file.listener());
        // A signal ends the process when its hooks have run, whatever the thread that runs the door does.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(door, file), "end the daemon"));
        try {
            sayReady();
            door.run();
        } finally {
            end(door, file);
        }
        return ExitCode.DONE;
    }

    private static void end(NetlinkDoor door, SocketFile file) {
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

package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.daemon.PingRequest;
import org.xfrmctl.cli.render.PingJson;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.PacketConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl ping}: an echo request from the host of a daemon. */
@Command(
        name = "ping",
        header = "ping from a daemon's host",
        description = {
            "Have the host of a running daemon ping an address, by its devices, policies and states.",
            "Exit status 0 if every request was answered, 1 if not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl ping --netlink-socket /tmp/xfrm --count 3 10.9.0.2",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class PingCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(names = "--netlink-socket", paramLabel = "PATH", required = true, description = "The socket of the daemon.")
    Path socket;

    @Option(names = "--count", paramLabel = "N", description = "How many requests. Default: ${DEFAULT-VALUE}")
    int count = 1;

    @Option(names = "--size", paramLabel = "BYTES", description = "How much data each has. Default: ${DEFAULT-VALUE}")
    int size = 56;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Parameters(paramLabel = "ADDRESS", description = "Whom to ping.")
    String address;

    @Override
    public Integer call() {
        PingOutcome outcome = ask(new PingRequest(destination(), size, count));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(PingJson.print(outcome));
        } else {
            outcome.error().ifPresent(out::println);
            out.println(outcome.sent() + " sent, " + outcome.received() + " answered");
        }
        return outcome.received() == count ? ExitCode.DONE : ExitCode.FAILED;
    }

    private IpAddress destination() {
        if (count < 1 || count > PingRequest.MOST) {
            throw new ParameterException(spec.commandLine(), "--count " + count + " is not in 1.." + PingRequest.MOST);
        }
        if (size < 0 || size > PingRequest.LARGEST) {
            throw new ParameterException(spec.commandLine(), "--size " + size + " is not in 0.." + PingRequest.LARGEST);
        }
        try {
            return IpAddress.parse(address);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private PingOutcome ask(PingRequest request) {
        try (PacketConnection connection = PacketConnection.to(socket)) {
            connection.send(request.bytes());
            Optional<ByteBuffer> answer = connection.receive();
            return PingRequest.outcome(answer.orElseThrow(this::ended));
        } catch (NetlinkException e) {
            throw explained(e);
        }
    }

    RuntimeException explained(NetlinkException e) {
        return DaemonRefusal.explain(socket, e);
    }

    private CommandFailedException ended() {
        return DaemonRefusal.ended(socket);
    }
}

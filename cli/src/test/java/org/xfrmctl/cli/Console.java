package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Netlink;
import picocli.CommandLine;

/** The program with a userspace kernel behind it and its three results: exit status, standard output, standard error. */
final class Console {
    private static final int GETSA = 0x12;
    private static final int GETPOLICY = 0x15;

    private final UserspaceKernel kernel = new UserspaceKernel(
            new XfrmNamespace(Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC), new Random(1)));
    /** One socket for all dumps: its port stands in every byte of them. */
    private final NetlinkTransport observer = kernel.open();

    private UnaryOperator<NetlinkTransport> between = UnaryOperator.identity();
    private Optional<String> name = Optional.empty();
    private Optional<RouteKernel> links = Optional.empty();

    /** What a command did. */
    record Result(int status, String out, String err) {
        List<String> errors() {
            return err.lines().toList();
        }

        /** Dates depend on the time zone of the machine. */
        String outWithoutDates() {
            return out.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "DATE");
        }
    }

    /** From now on the kernel has a name, so that runs keep a journal. */
    void named(String kernelName) {
        name = Optional.of(kernelName);
    }

    /** From now on the kernel has links. */
    void linkedBy(RouteKernel routeKernel) {
        links = Optional.of(routeKernel);
    }

    /** Puts something between the following commands and the kernel. */
    void between(UnaryOperator<NetlinkTransport> wrapper) {
        between = wrapper;
    }

    Result run(String... arguments) {
        return run(new StringWriter(), arguments);
    }

    /** With another standard output; the result has what {@code out} says of itself. */
    Result run(Writer out, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine line =
                Main.commandLine(kernel()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int status = line.execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }

    /** What commands find behind them. */
    Kernel kernel() {
        return new Kernel() {
            @Override
            public NetlinkTransport open() {
                return between.apply(kernel.open());
            }

            @Override
            public Optional<String> name() {
                return name;
            }

            @Override
            public Optional<NetlinkTransport> openRoute() {
                return links.map(RouteKernel::open);
            }
        };
    }

    /** Both tables as the kernel dumps them, byte for byte. */
    String tables() {
        return dump(GETSA) + "\n" + dump(GETPOLICY);
    }

    private String dump(int type) {
        MessageWriter request = new MessageWriter();
        // An empty selection follows the header; the kernel reads none of it.
        request.begin(type, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP, 1, 0).body(new byte[64]);
        observer.send(request.end().datagram());
        List<String> messages = new ArrayList<>();
        while (true) {
            for (NetlinkMessage message : NetlinkMessage.split(observer.receive())) {
                if (message.type() == Netlink.NLMSG_DONE) {
                    return String.join("\n", messages);
                }
                messages.add(hex(message.bytes()));
            }
        }
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.limit()];
        buffer.order(ByteOrder.nativeOrder()).get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

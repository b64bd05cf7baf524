package org.xfrmctl.it.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.InterfaceNames;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.sys.NetworkNamespace;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * Runs in the guest: gives the same lines to {@code ip -batch} in one namespace and to {@code xfrmctl batch} in another,
 * and writes what both left and said, for {@link CommandAgreementIT} to judge.
 */
final class CommandProof {
    private static final String THEIRS = "theirs";
    private static final String OURS = "ours";

    private final Path results;
    private final String ip;

    private CommandProof(Path results, String ip) {
        this.results = results;
        this.ip = ip;
    }

    /** The directory for the files, and the program {@code ip}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new CommandProof(Path.of(arguments[0]), arguments[1]).run();
    }

    private void run() throws IOException, InterruptedException {
        for (String namespace : List.of(THEIRS, OURS)) {
            succeed("netns add " + namespace);
            succeed("-n " + namespace + " link add v0 type dummy");
            // What allocspi makes has to be there when the tables are compared.
            NetworkNamespace.named(namespace).call(() -> write("/proc/sys/net/core/xfrm_acq_expires", "3600"));
        }
        Path lines = results.resolve(CommandAgreementIT.LINES);
        Said theirs = ip(lines);
        Said ours = xfrmctl(lines);
        record("theirs", theirs);
        record("ours", ours);
        refusals();
    }

    private static boolean write(String file, String text) {
        try {
            Files.writeString(Path.of(file), text);
            return true;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void record(String who, Said said) throws IOException {
        Files.writeString(results.resolve(who + ".status"), said.status + "\n" + said.err);
        Files.write(results.resolve(who + ".tables"), tables(who));
    }

    private static List<String> tables(String namespace) {
        try (XfrmClient client = new XfrmClient(open(namespace))) {
            return Tables.lines(client);
        }
    }

    /** One line at a time, for {@code ip -batch} ends at the first that is refused. */
    private void refusals() throws IOException, InterruptedException {
        Path file = results.resolve("line");
        List<String> said = new ArrayList<>();
        Files.write(file, RefusedLines.before());
        for (Said before : List.of(ip(file), xfrmctl(file))) {
            if (before.status != 0) {
                throw new IOException(before.err);
            }
        }
        List<String> lines = new ArrayList<>(RefusedLines.byTheKernel());
        lines.addAll(RefusedLines.byTheParser());
        for (String line : lines) {
            Files.writeString(file, line + "\n");
            for (Said each : List.of(ip(file), xfrmctl(file))) {
                said.add(each.status + " " + each.err.strip().replace("\n", " | "));
            }
        }
        Files.write(results.resolve("refusals"), said);
    }

    /** What a program said, and how it ended. */
    private record Said(int status, String err) {}

    private Said ip(Path file) throws IOException, InterruptedException {
        return call(List.of(ip, "-n", THEIRS, "-batch", file.toString()));
    }

    private void succeed(String words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ip));
        command.addAll(List.of(words.split(" ", -1)));
        Said said = call(command);
        if (said.status != 0) {
            throw new IOException(words + ": " + said.err);
        }
    }

    private static Said call(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), err);
    }

    private static Said xfrmctl(Path file) {
        StringWriter err = new StringWriter();
        int status = Main.commandLine(new OurKernel())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute("batch", file.toString());
        return new Said(status, err.toString());
    }

    private static NetlinkTransport open(String namespace) {
        return AfNetlinkSocket.open(NetlinkProtocol.XFRM, NetworkNamespace.named(namespace));
    }

    /** The kernel of this guest, in our namespace. */
    private static final class OurKernel implements Kernel {
        @Override
        public NetlinkTransport open() {
            return CommandProof.open(OURS);
        }

        @Override
        public int interfaceIndex(String name) {
            return NetworkNamespace.named(OURS).call(() -> InterfaceNames.indexOf(name));
        }
    }
}

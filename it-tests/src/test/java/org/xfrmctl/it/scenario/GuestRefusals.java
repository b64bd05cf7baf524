package org.xfrmctl.it.scenario;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.xfrmctl.cli.Main;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;

/** What a person reads when the real kernel refuses: without the module, and without the privilege. */
final class GuestRefusals {
    private GuestRefusals() {}

    /**
     * One command and what came of it.
     *
     * @param left what {@code ip xfrm} showed afterwards
     */
    record Refusal(int status, String out, String err, String left) {}

    static void record(Path results) throws IOException {
        Path definition = results.resolve("refusals/carol.yaml");
        Files.createDirectories(definition.getParent());
        Files.copy(Scenarios.named("plain-esp").resolve("carol.yaml"), definition);
        run("keygen", "-f", definition.toString());
        // The kernel asks this program for modules; this one has everything but ESP.
        Path modprobe = Path.of("/proc/sys/kernel/modprobe");
        String original = Files.readString(modprobe).strip();
        Path withoutEsp = Path.of("/run/modprobe-without-esp");
        Files.writeString(
                withoutEsp, "#!/bin/sh\ncase \"$*\" in *xfrm-type*) exit 1;; esac\nexec " + original + " \"$@\"\n");
        Files.setPosixFilePermissions(withoutEsp, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(modprobe, withoutEsp.toString());
        Refusal module;
        try {
            module = run("up", "-f", definition.toString());
        } finally {
            Files.writeString(modprobe, original);
        }
        RecordFile.write(results.resolve("module-missing.json"), module);
    }

    private static Refusal run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine(() -> AfNetlinkSocket.open(NetlinkProtocol.XFRM))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Refusal(status, out.toString(), err.toString(), left());
    }

    private static String left() {
        return Programs.output(List.of("ip", "xfrm", "state"))
                + Programs.output(List.of("ip", "xfrm", "policy"));
    }

    /** The command line of an unprivileged {@code xfrmctl state}. */
    static List<String> unprivileged() {
        List<String> command =
                new java.util.ArrayList<>(List.of("setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin"));
        command.addAll(GuestJava.command(Main.class, List.of("state")));
        return command;
    }
}

package org.xfrmctl.it.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.Main;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.guest.RealKernel;

/** The example of docs/DAEMON.md: two daemons, each a process of its own, and no privilege. */
class DaemonTrafficIT {
    @TempDir
    private Path directory;

    @Test
    void twoDaemonsPingThroughEspInUdp() throws IOException, InterruptedException {
        RealKernel.requireOrSkip(Programs.find("gcc").isPresent(), "gcc libc6-dev");
        Path library = directory.resolve("xfrmctl-preload.so");
        run(List.of(source("preload/build").toString(), library.toString()), library);
        int[] ports = freePorts();
        List<String> command =
                new ArrayList<>(List.of(source("examples/daemon/esp-in-udp").toString()));
        for (int port : ports) {
            command.add(Integer.toString(port));
        }
        String said = run(command, library);
        assertThat(said.lines())
                .startsWith("3 sent, 3 answered", "1 sent, 1 answered")
                // Four packets each way: 3 of 4,028 bytes and one of 84.
                .filteredOn(line -> line.contains("(packets)"))
                .allSatisfy(line -> assertThat(line.strip()).isEqualTo("12168(bytes), 4(packets)"))
                .hasSize(2);
    }

    private String run(List<String> command, Path library) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XFRMCTL", xfrmctl().toString());
        builder.environment().put("XFRMCTL_PRELOAD", library.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** A program of that name, made of the classes that are tested. */
    private Path xfrmctl() throws IOException {
        Path script = directory.resolve("xfrmctl");
        String java = GuestJava.command(Main.class, List.of(), directory).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Files.writeString(script, "#!/bin/sh\nexec " + java + " \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static int[] freePorts() throws IOException {
        try (DatagramSocket one = new DatagramSocket(0);
                DatagramSocket other = new DatagramSocket(0)) {
            return new int[] {one.getLocalPort(), other.getLocalPort()};
        }
    }

    /** A file of the checkout, in which the tests run. */
    private static Path source(String name) {
        return Path.of("..").resolve(name).toAbsolutePath().normalize();
    }
}

package org.xfrmctl.it.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.cli.Main;
import org.xfrmctl.it.guest.Programs;

/** Runs inside the guest: a watch that is scraped, a peer in another namespace, and pings between them. */
final class MetricsProof {
    /** What the watch told; what {@code ip} and the kernel told of the same moment. */
    static final String SCRAPE = "scrape";

    static final String STATES = "states";
    static final String STATISTICS = "statistics";

    private static final String METRICS = "metrics: ";
    private static final String DEFINITION = """
            connections:
              home:
                local_addrs: 192.168.0.100
                remote_addrs: 192.168.0.1
                children:
                  net: { remote_ts: 10.1.0.0/16, ipcomp: yes, keys: { derive: shared } }
            secrets:
              shared: { file: shared.key }
            """;

    private static final List<String> LINKS = List.of(
            "ip link set lo up",
            "ip netns add moon",
            "ip link add wan type veth peer name wan netns moon",
            "ip address add 192.168.0.100/24 dev wan",
            "ip link set wan up",
            "ip route add 10.1.0.0/16 via 192.168.0.1",
            "ip netns exec moon ip address add 192.168.0.1/24 dev wan",
            "ip netns exec moon ip link set wan up",
            "ip netns exec moon ip link set lo up",
            "ip netns exec moon ip address add 10.1.0.10/32 dev lo");

    private final Path directory;

    private MetricsProof(Path directory) {
        this.directory = directory;
    }

    /** The argument is the directory for the result. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("metrics");
        MetricsProof proof = new MetricsProof(directory);
        Files.writeString(directory.resolve("carol.yaml"), DEFINITION);
        Files.writeString(
                Files.createFile(
                        directory.resolve("shared.key"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                "00112233445566778899aabbccddeeff".repeat(2) + "\n");
        for (String made : LINKS) {
            Programs.output(List.of(made.split(" ", -1)));
        }
        Files.writeString(
                directory.resolve("moon.yaml"), Programs.output(xfrmctl("mirror", "-f", directory + "/carol.yaml")));
        List<String> moon = new ArrayList<>(List.of("ip", "netns", "exec", "moon"));
        moon.addAll(xfrmctl(proof.words("up", "moon")));
        Programs.output(moon);
        proof.watched(Path.of(arguments[0]));
    }

    private void watched(Path results) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(xfrmctl(words("watch", "carol")));
        command.addAll(List.of("--up", "--metrics", "0"));
        Process watch = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = watch.inputReader(StandardCharsets.UTF_8)) {
            String url = url(out);
            ping("-c", "3", "-s", "1200");
            ping("-c", "2", "-s", "40");
            Files.writeString(results.resolve(SCRAPE), scrape(url));
            Files.writeString(results.resolve(STATES), Programs.output(List.of("ip", "-s", "xfrm", "state")));
            Files.copy(Path.of("/proc/net/xfrm_stat"), results.resolve(STATISTICS));
        } finally {
            watch.destroy();
            watch.waitFor();
        }
    }

    /** Where the watch answers, when its children are up. */
    private static String url(BufferedReader out) throws IOException {
        String url = "";
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("watching")) {
                return url;
            }
            url = line.startsWith(METRICS) ? line.substring(METRICS.length()) : url;
        }
        throw new IOException("the watch has ended");
    }

    private static void ping(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ping", "-W", "10", "-i", "0.2"));
        command.addAll(List.of(options));
        command.add("10.1.0.10");
        Programs.output(command);
    }

    private static String scrape(String url) throws IOException {
        try (InputStream body = URI.create(url).toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String[] words(String command, String host) {
        return new String[] {
            command,
            "--state-dir",
            directory.resolve("state-" + host).toString(),
            "--epoch-dir",
            directory.resolve("epochs-" + host).toString(),
            "-f",
            directory.resolve(host + ".yaml").toString()
        };
    }

    private static List<String> xfrmctl(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        return command;
    }
}

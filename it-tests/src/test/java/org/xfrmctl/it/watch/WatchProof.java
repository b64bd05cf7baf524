package org.xfrmctl.it.watch;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.it.guest.Programs;

/** Runs inside the guest: a watch, and {@code ip} that does harm. */
final class WatchProof {
    static final String RESULT = "repaired";

    /** The first are done while the child is up, the last when it is down. */
    static final List<String> HARMS = List.of(
            "policy flush",
            "state flush",
            "policy delete src 192.168.0.100/32 dst 10.1.0.0/16 dir out",
            "policy update src 192.168.0.100/32 dst 10.1.0.0/16 dir out action allow",
            "link delete gre1",
            "link set gre1 down",
            "route delete 10.3.0.0/16 dev gre1",
            "policy flush when it is down");

    /** Done while the child is up, and what its route is then: by another's deed, or by another way. */
    static final Map<String, String> HARMS_TO_ROUTES = harmsToRoutes();

    private static Map<String, String> harmsToRoutes() {
        Map<String, String> harms = new LinkedHashMap<>();
        harms.put("route delete 10.1.0.0/16 proto 89", "10.1.0.0/16 via 192.168.0.1 dev wan mtu 1300");
        // The first of its kind, which is ours.
        harms.put("route replace 10.1.0.0/16 via 192.168.0.2", "10.1.0.0/16 via 192.168.0.2 dev wan mtu 1300");
        harms.put(
                "route delete 10.1.0.0/16 via 192.168.0.2 proto boot", "10.1.0.0/16 via 192.168.0.1 dev wan mtu 1300");
        harms.put("link set wan mtu 1200", "");
        harms.put("link set wan mtu 1400", "10.1.0.0/16 via 192.168.0.1 dev wan mtu 1300");
        // A link that flaps: its routes go without a word, and whoever configures it gives it the others again.
        harms.put("link set wan down", "");
        harms.put(
                "link set wan up; route add 10.1.0.0/16 via 192.168.0.1",
                "10.1.0.0/16 via 192.168.0.1 dev wan mtu 1300");
        harms.put(
                "link set wan down; link set wan up; route add 10.1.0.0/16 via 192.168.0.1",
                "10.1.0.0/16 via 192.168.0.1 dev wan mtu 1300");
        return harms;
    }

    /** Done while the watch is stopped, behind more events than its socket holds. */
    static final String UNHEARD = "policy delete src 192.168.0.100/32 dst 10.1.0.0/16 dir out after a flood";

    private static final String AFTER_A_FLOOD = " after a flood";
    private static final int FLOOD = 30_000;
    private static final String WHEN_DOWN = " when it is down";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ROUTE = "10.3.0.0/16 dev gre1";
    private static final String DEFINITION = """
            interfaces:
              gre1: { type: gre, local: 192.168.0.100, remote: 192.168.0.1, routes: 10.3.0.0/16 }
            connections:
              home:
                local_addrs: 192.168.0.100
                remote_addrs: 192.168.0.1
                children:
                  net: { remote_ts: 10.1.0.0/16, mtu: 1300, ipcomp: yes, keys: { derive: shared } }
                  gre:
                    mode: transport
                    local_ts: dynamic[gre]
                    remote_ts: dynamic[gre]
                    keys: { derive: shared }
            secrets:
              shared: { file: shared.key }
            """;

    private static final List<String> LINKS = List.of(
            "link add wan type dummy",
            "address add 192.168.0.100/24 dev wan",
            "link set wan up",
            "route add 10.1.0.0/16 via 192.168.0.1");

    private final Path directory;

    private WatchProof(Path directory) {
        this.directory = directory;
    }

    /** The argument is the directory for the result. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("watch");
        Files.writeString(directory.resolve("carol.yaml"), DEFINITION);
        Files.writeString(
                Files.createFile(
                        directory.resolve("shared.key"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                "00112233445566778899aabbccddeeff".repeat(2) + "\n");
        for (String made : LINKS) {
            ip(made);
        }
        WatchProof proof = new WatchProof(directory);
        List<String> repaired = new ArrayList<>();
        repaired.add(proof.unheard());
        repaired.addAll(proof.repaired());
        Files.write(Path.of(arguments[0]).resolve(RESULT), repaired);
        // The watch has no end of its own.
        Runtime.getRuntime().halt(0);
    }

    /** A watch in a process of its own, which can be stopped: then the kernel has to drop events (ENOBUFS). */
    private String unheard() throws IOException, InterruptedException {
        xfrmctl("up");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(words("watch", "--poll", "3600"));
        Process watch = new ProcessBuilder(command).inheritIO().start();
        try {
            ip("policy flush");
            // It does listen.
            if (!isRepaired("UP")) {
                return "NOT REPAIRED: before the flood";
            }
            signal(watch, "STOP");
            Path flood = directory.resolve("flood");
            Files.writeString(flood, flood());
            ip("-batch " + flood);
            ip(UNHEARD.replace(AFTER_A_FLOOD, ""));
            boolean lost = Files.readAllLines(Path.of("/proc/net/netlink")).stream()
                    .map(line -> line.strip().split("\\s+", -1))
                    .anyMatch(fields -> fields[1].equals("6") && !fields[8].equals("0"));
            signal(watch, "CONT");
            return (lost ? "" : "NOTHING LOST, ") + (isRepaired("UP") ? "repaired: " : "NOT REPAIRED: ") + UNHEARD;
        } finally {
            watch.destroy();
            watch.waitFor();
        }
    }

    private static String flood() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < FLOOD; i++) {
            lines.append("xfrm policy add src 10.200.")
                    .append(i / 250)
                    .append('.')
                    .append(i % 250);
            lines.append("/32 dst 10.201.0.0/16 dir out priority 5 action block\n");
        }
        return lines.toString();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        Programs.output(List.of("kill", "-" + name, String.valueOf(process.pid())));
    }

    private List<String> repaired() throws IOException, InterruptedException {
        xfrmctl("up");
        Thread watch = new Thread(() -> xfrmctl("watch", "--poll", "3600"), "watch");
        watch.setDaemon(true);
        watch.start();
        List<String> repaired = new ArrayList<>();
        for (Map.Entry<String, String> harm : HARMS_TO_ROUTES.entrySet()) {
            for (String command : harm.getKey().split("; ", -1)) {
                ip(command);
            }
            boolean mended = is(() -> Programs.output(List.of("ip", "route", "show", "proto", "89"))
                    .strip()
                    .equals(harm.getValue()));
            repaired.add((mended ? "repaired: " : "NOT REPAIRED: ") + harm.getKey());
        }
        for (String harm : HARMS) {
            boolean down = harm.endsWith(WHEN_DOWN);
            if (down) {
                xfrmctl("down");
            }
            ip(harm.replace(WHEN_DOWN, ""));
            boolean mended = isOfLinks(harm)
                    ? is(() -> ("\n" + Programs.output(List.of("ip", "route", "show", "proto", "88")))
                            .contains("\n" + ROUTE + " "))
                    : isRepaired(down ? "BLOCKED" : "UP");
            repaired.add((mended ? "repaired: " : "NOT REPAIRED: ") + harm);
        }
        return repaired;
    }

    /** Asks until it is so: how long that takes depends on the machine. */
    private boolean isRepaired(String condition) throws IOException, InterruptedException {
        return is(() -> xfrmctl("status").startsWith("home/net: " + condition));
    }

    private interface Question {
        boolean isSo() throws IOException, InterruptedException;
    }

    private static boolean is(Question question) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean so = false;
        while (!so && System.nanoTime() < end) {
            so = question.isSo();
            if (!so) {
                Thread.sleep(50);
            }
        }
        return so;
    }

    private String xfrmctl(String command, String... more) {
        StringWriter out = new StringWriter();
        Main.commandLine(new RunningKernel())
                .setOut(new PrintWriter(out))
                .execute(words(command, more).toArray(String[]::new));
        return out.toString();
    }

    private List<String> words(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(
                command,
                "--state-dir",
                directory.resolve("state").toString(),
                "--epoch-dir",
                directory.resolve("epochs").toString(),
                "-f",
                directory.resolve("carol.yaml").toString()));
        words.addAll(List.of(more));
        return words;
    }

    private static boolean isOfLinks(String words) {
        return words.startsWith("link ") || words.startsWith("route ") || words.startsWith("address ");
    }

    private static void ip(String words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(words.startsWith("-") || isOfLinks(words) ? List.of("ip") : List.of("ip", "xfrm"));
        command.addAll(List.of(words.split(" ")));
        Programs.output(command);
    }
}

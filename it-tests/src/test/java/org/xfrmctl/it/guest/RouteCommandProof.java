package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs in the guest: children with {@code mtu} and {@code mss} come up and go down, and somebody changes the routes meanwhile.
 * Prints what it saw for {@link RouteCommandIT} to judge.
 */
final class RouteCommandProof {
    private static final String DEFINITION = """
            connections:
              site:
                local_addrs: 192.0.2.1
                remote_addrs: 198.51.100.2
                children:
                  net:
                    local_ts: 10.1.0.0/16
                    remote_ts: 10.2.0.0/16
                    mtu: 1300
                    mss: auto
                    sas:
                      out: { spi: 0xc1000001, key: k1 }
                      in: { spi: 0xc1000002, key: k2 }
              six:
                local_addrs: "2001:db8::1"
                remote_addrs: "2001:db8::2"
                children:
                  net:
                    local_ts: "fd01::/64"
                    remote_ts: "fd02::/64"
                    mtu: 1290
                    mss: 1000
                    sas:
                      out: { spi: 0xc1000003, key: k3 }
                      in: { spi: 0xc1000004, key: k4 }
              all:
                local_addrs: 192.0.2.1
                remote_addrs: 198.51.100.2
                children:
                  net:
                    local_ts: 10.9.0.0/16
                    remote_ts: 0.0.0.0/0
                    mtu: 1200
                    sas:
                      out: { spi: 0xc1000005, key: k5 }
                      in: { spi: 0xc1000006, key: k6 }
              host:
                local_addrs: 192.0.2.1
                remote_addrs: 192.0.2.77
                children:
                  net:
                    mode: transport
                    mtu: 1250
                    sas:
                      out: { spi: 0xc1000007, key: k7 }
                      in: { spi: 0xc1000008, key: k8 }
              lost:
                local_addrs: "2001:db8::1"
                remote_addrs: "2001:db8::3"
                children:
                  net:
                    local_ts: "fd01::/64"
                    remote_ts: "fd99::/64"
                    mtu: 1300
                    sas:
                      out: { spi: 0xc1000009, key: k9 }
                      in: { spi: 0xc100000a, key: k10 }
            secrets:
            """
            + IntStream.rangeClosed(1, 10)
                    .mapToObj(i -> "  k%d: { command: [printf, \"%%040d\", \"%d\"] }\n".formatted(i, i))
                    .collect(Collectors.joining());

    private static final List<String> TOPOLOGY = List.of(
            "ip link set lo up",
            "ip link add wan type dummy",
            "ip address add 192.0.2.1/24 dev wan",
            "ip address add 2001:db8::1/64 dev wan nodad",
            "ip address add 10.1.0.1/16 dev lo",
            "ip address add 10.9.0.1/16 dev lo",
            "ip address add fd01::1/64 dev lo nodad",
            "ip link set wan up",
            "ip route add default via 192.0.2.254",
            "ip route add 10.2.0.0/16 via 192.0.2.253 src 10.1.0.1",
            "ip route add fd02::/64 via 2001:db8::2");

    private static final String OURS = "ip route show proto 89";
    private static final String OURS_V6 = "ip -6 route show proto 89";

    private final Path file;

    private RouteCommandProof(Path file) {
        this.file = file;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("route");
        Path file = Files.writeString(directory.resolve("site.yaml"), DEFINITION);
        RouteCommandProof proof = new RouteCommandProof(file);
        for (String command : TOPOLOGY) {
            GuestCommand.run(command);
        }
        proof.upAndDown();
        proof.aPeerInside();
        proof.othersChangeThem();
        proof.theDefinitionChanges();
        proof.waysThatSayMore();
        proof.anotherDefinition();
    }

    private void upAndDown() throws InterruptedException {
        run("mtu", "site", "six");
        run("plan", "site", "six", "host", "lost");
        run("up", "site", "six", "host", "lost");
        Transcript.show(OURS);
        Transcript.show(OURS_V6);
        Transcript.show("ip route show 10.2.0.0/16");
        run("plan", "site", "six", "host", "lost");
        run("mtu", "site", "six", "host");
        announce("10.1.0.1", "10.2.0.1");
        announce("fd01::1", "fd02::1");
        run("down", "host");
        Transcript.show(OURS);
    }

    private void aPeerInside() throws InterruptedException, IOException {
        run("up", "all");
        Transcript.show(OURS);
        run("mtu", "all", "site");
        GuestCommand.run("ip route add 128.0.0.0/1 via 192.0.2.252");
        Transcript.show("ip route get 203.0.113.1");
        GuestCommand.run("ip route delete 128.0.0.0/1 via 192.0.2.252");
        run("down", "all");
        Transcript.show(OURS);
    }

    private void othersChangeThem() throws InterruptedException, IOException {
        run("status", "site", "lost");
        run("status", "--json", "site");
        GuestCommand.run("ip route delete 10.2.0.0/16 proto 89");
        run("status", "site", "lost");
        run("status", "--json", "site");
        run("plan", "site");
        run("up", "site");
        Transcript.show(OURS);
        GuestCommand.run("ip route replace 10.2.0.0/16 via 192.0.2.252");
        Transcript.show(OURS);
        GuestCommand.run("ip route prepend 10.2.0.0/16 via 192.0.2.252 mtu 1400");
        run("plan", "--json", "site");
        run("up", "site");
        Transcript.show("ip route show 10.2.0.0/16");
        run("down", "site", "six", "lost");
        Transcript.show(OURS);
        Transcript.show(OURS_V6);
        Transcript.show("ip route show 10.2.0.0/16");
    }

    /** What a route is to be says more than what it was, and less. */
    private void theDefinitionChanges() throws InterruptedException, IOException {
        Path narrow = Files.writeString(
                file.resolveSibling("narrow.yaml"), DEFINITION.replace("mtu: 1300\n        mss: auto", "mtu: 1300"));
        for (Path each : List.of(narrow, file, narrow)) {
            Transcript.run(each, Path.of("/run/xfrmctl"), "up", "site");
            Transcript.show(OURS);
            Transcript.run(each, Path.of("/run/xfrmctl"), "plan", "site");
        }
        run("down", "site");
    }

    private void waysThatSayMore() throws InterruptedException, IOException {
        GuestCommand.run("ip route add 192.0.2.77 encap mpls 100 via 192.0.2.253");
        GuestCommand.run("ip route prepend 10.2.0.0/16 via 192.0.2.252 realm 7");
        GuestCommand.run("ip nexthop add id 5 via 192.0.2.251 dev wan");
        GuestCommand.run("ip route add 0.0.0.0/1 nhid 5");
        run("up", "site", "host", "all");
        Transcript.show(OURS);
        Transcript.show("ip route get 192.0.2.77");
        run("down", "site", "host", "all");
        GuestCommand.run("ip route delete 192.0.2.77");
        GuestCommand.run("ip route delete 10.2.0.0/16 realm 7");
        GuestCommand.run("ip route delete 0.0.0.0/1 nhid 5");
    }

    /** It has a child for the same destination, and each knows nothing of the other's files. */
    private void anotherDefinition() throws InterruptedException, IOException {
        Path here = Files.writeString(
                file.resolveSibling("here.yaml"), DEFINITION.replace("mtu: 1300\n        mss: auto", "mtu: 1300"));
        String other = DEFINITION
                .replace("  site:", "  other:")
                .replace("local_ts: 10.1.0.0/16", "local_ts: 10.9.0.0/16")
                .replace("mtu: 1300\n        mss: auto", "mtu: 1200")
                .replace("0xc100000", "0xc200000")
                .replace("%040d", "1%039d");
        Path there = Files.writeString(file.resolveSibling("there.yaml"), other);
        Path wider = Files.writeString(file.resolveSibling("wider.yaml"), other.replace("mtu: 1200", "mtu: 1350"));
        step(here, "up", "site");
        step(there, "up", "other");
        step(here, "plan", "site");
        step(wider, "up", "other");
        step(here, "down", "site");
        step(wider, "down", "other");
    }

    private static void step(Path definition, String... words) throws InterruptedException {
        Transcript.run(definition, Path.of("/run/xfrmctl"), words);
        Transcript.show(OURS);
    }

    /** What TCP says in its SYN, which nobody answers. */
    private static void announce(String from, String to) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "python3",
                "-c",
                "import socket,subprocess\n"
                        + "s=socket.socket(socket.AF_INET6 if ':' in '" + from + "' else socket.AF_INET)\n"
                        + "s.bind(('" + from + "',0))\ns.setblocking(False)\ns.connect_ex(('" + to + "',80))\n"
                        + "print(subprocess.run(['ss','-tin'],capture_output=True,text=True).stdout)");
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.out.println("# announce " + to + "\n" + text.strip());
        } catch (IOException e) {
            System.out.println("# announce " + to + "\n" + e.getMessage());
        }
    }

    private void run(String... words) {
        Transcript.run(file, Path.of("/run/xfrmctl"), words);
    }
}

package org.xfrmctl.it.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.manager.doctor.PathFinding;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.sys.NetworkNamespace;

/** Runs in the guest: this host is a gateway, moon is the other one. Writes what the doctor says before and after each remedy. */
final class DoctorProof {
    private static final String DEFINITION = """
            connections:
              site:
                local_addrs: 192.168.0.100
                remote_addrs: 192.168.0.1
                children:
                  net:
                    local_ts: 10.2.0.0/16
                    remote_ts: 10.1.0.0/16
                    ipcomp: yes
                    reqid: 7
                    priority: 1000
                    sas:
                      out: { spi: 0xc1000001, cpi: 0x1001, key: a }
                      in: { spi: 0xc1000002, cpi: 0x1002, key: b }
            secrets:
              a: { command: [echo, "000102030405060708090a0b0c0d0e0f10111213"] }
              b: { command: [echo, "100102030405060708090a0b0c0d0e0f10111213"] }
            """;

    private static final List<String> TOPOLOGY = List.of(
            "ip link set lo up",
            "ip netns add moon",
            "ip link add wan type veth peer name wan netns moon",
            "ip link add lan type dummy",
            "ip address add 192.168.0.100/24 dev wan",
            "ip address add 10.2.0.1/16 dev lan",
            "ip link set wan up",
            "ip link set lan up",
            "ip -n moon link set lo up",
            "ip -n moon link set wan up",
            "ip -n moon address add 192.168.0.1/24 dev wan",
            "ip -n moon address add 10.1.0.1/16 dev lo",
            "ip -n moon route add 10.2.0.0/16 via 192.168.0.100",
            // The next hop behind a router.
            "ip -n moon link add far type dummy",
            "ip -n moon address add 192.168.9.1/24 dev far",
            "ip -n moon link set far up",
            "ip netns exec moon sysctl -qw net.ipv4.ip_forward=1",
            "ip route add 192.168.9.0/24 via 192.168.0.1",
            "sysctl -qw net.ipv4.ip_forward=1");

    private static final List<String> HEALTH = List.of(
            // With the same keys it counts from 1 again, which is old to who has heard more.
            "ip -n moon xfrm state flush",
            "ip -n moon xfrm policy flush",
            "ip xfrm state flush",
            "ip xfrm policy flush",
            "ip xfrm policy setdefault in accept fwd accept out accept",
            "nft flush ruleset",
            "ip route replace 10.1.0.0/16 via 192.168.0.1",
            "sysctl -qw net.ipv4.ip_no_pmtu_disc=0 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.wan.rp_filter=0"
                    + " net.ipv4.conf.wan.disable_policy=0 net.ipv4.conf.wan.disable_xfrm=0");

    private final ObjectMapper json = new ObjectMapper();
    private final Path directory;
    private final Path here;
    private final Path there;

    private DoctorProof(Path directory) throws IOException {
        this.directory = directory;
        here = Files.writeString(directory.resolve("here.yaml"), DEFINITION);
        there = Files.writeString(
                directory.resolve("there.yaml"),
                DEFINITION
                        .replace("local_addrs", "x_addrs")
                        .replace("remote_addrs", "local_addrs")
                        .replace("x_addrs", "remote_addrs")
                        .replace("local_ts", "x_ts")
                        .replace("remote_ts", "local_ts")
                        .replace("x_ts", "remote_ts")
                        .replace(" out:", " x:")
                        .replace(" in:", " out:")
                        .replace(" x:", " in:"));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path results = Path.of(arguments[0]);
        DoctorProof proof = new DoctorProof(Files.createTempDirectory("doctor"));
        for (String command : TOPOLOGY) {
            run(command);
        }
        ArrayNode all = proof.json.createArrayNode();
        all.add(proof.treat(new DoctorCase("healthy", "", "", List.of(), "", List.of())));
        for (DoctorCase each : DoctorCase.all()) {
            all.add(proof.treat(each));
        }
        Files.writeString(results.resolve("doctor.json"), all.toPrettyString());
    }

    private ObjectNode treat(DoctorCase each) throws IOException, InterruptedException {
        for (String command : HEALTH) {
            run(command);
        }
        ours(
                () -> AfNetlinkSocket.open(NetlinkProtocol.XFRM, NetworkNamespace.named("moon")),
                "up",
                "-f",
                there.toString());
        Path state = directory.resolve("state-" + each.name());
        up(state);
        for (String command : each.provoke()) {
            run(command);
        }
        ObjectNode record = json.createObjectNode().put("name", each.name());
        DoctorHarm harm = new DoctorHarm(each.harm());
        record.put("harmBefore", harm.shows());
        Optional<Process> traffic = each.traffic().isEmpty() ? Optional.empty() : Optional.of(start(each.traffic()));
        Optional<DatagramSocket> listening = Optional.empty();
        try {
            JsonNode before = doctor(each);
            record.set("before", before);
            for (String command : each.mend().isEmpty() ? suggested(before, each.rule()) : each.mend()) {
                if (command.equals(DoctorCase.UP)) {
                    up(state);
                } else if (command.equals(DoctorCase.LISTEN)) {
                    listening = Optional.of(new DatagramSocket(DoctorCase.PORT));
                } else {
                    run(command);
                }
            }
            record.set("after", doctor(each));
        } finally {
            traffic.ifPresent(Process::destroy);
            listening.ifPresent(DatagramSocket::close);
        }
        record.put("harmAfter", harm.shows());
        return record;
    }

    private void up(Path state) {
        ours(new RunningKernel(), "up", "-f", here.toString(), "--state-dir", state.toString());
    }

    private JsonNode doctor(DoctorCase each) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("doctor", "--json", "--seconds", each.traffic().isEmpty() ? "0" : "1"));
        if (each.rule().equals(PathFinding.NAME)) {
            words.addAll(List.of("-f", here.toString(), "--probe", "10.1.0.1"));
        }
        return json.readTree(ours(new RunningKernel(), words.toArray(String[]::new)));
    }

    /** The first command that each finding of the rule has. */
    private static List<String> suggested(JsonNode findings, String rule) {
        List<String> commands = new ArrayList<>();
        for (JsonNode finding : findings) {
            if (finding.path("rule").asText().equals(rule)) {
                for (JsonNode fix : finding.path("fixes")) {
                    if (fix.has("command")) {
                        commands.add(fix.path("command").asText());
                        break;
                    }
                }
            }
        }
        return commands;
    }

    private static String ours(Kernel kernel, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine(kernel)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
        if (status == 1 || status == 64) {
            throw new IllegalStateException(Arrays.toString(words) + " ended with " + status + "\n" + err);
        }
        return out.toString();
    }

    private static void run(String command) throws IOException, InterruptedException {
        Process process = start(command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
    }

    private static Process start(String command) throws IOException {
        boolean rules = command.startsWith("<<");
        List<String> words = rules ? List.of("nft", "-f", "-") : List.of(command.split(" "));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        if (rules) {
            process.getOutputStream().write(command.substring(2).getBytes(StandardCharsets.UTF_8));
        }
        process.getOutputStream().close();
        return process;
    }
}

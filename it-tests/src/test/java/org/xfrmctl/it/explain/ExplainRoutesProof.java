package org.xfrmctl.it.explain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.HostFiles;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.it.guest.GuestCommand;

/** Runs in the guest: a gateway with rules of routing. Writes what explain says of it, live and by a snapshot, and what ping gets. */
final class ExplainRoutesProof {
    private static final String KEY = " aead rfc4106(gcm(aes)) 0xa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3 128";
    private static final String TUNNEL = " tmpl src 192.168.0.100 dst 192.168.0.1 proto esp mode tunnel reqid ";

    private static final String OTHER_KEY = " aead rfc4106(gcm(aes)) 0xb0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3 128";
    private static final String BACK = " tmpl src 192.168.0.1 dst 192.168.0.100 proto esp mode tunnel reqid ";
    private static final String ARRIVING = "ip xfrm state add src 192.168.0.1 dst 192.168.0.100 proto esp spi ";
    private static final String REPLAY = " mode tunnel replay-window 32";
    private static final String THERE = "ip -n moon xfrm ";

    private static final List<String> TOPOLOGY = List.of(
            "ip link set lo up",
            "ip netns add moon",
            "ip link add wan type veth peer name wan netns moon",
            "ip -n moon link set lo up",
            "ip -n moon link set wan up",
            "ip -n moon address add 192.168.0.1/24 dev wan",
            "ip -n moon address add 10.4.0.1/16 dev lo",
            "ip -n moon address add 10.6.0.1/16 dev lo",
            "ip -n moon address add 10.7.0.1/16 dev lo",
            "ip -n moon route add 10.2.0.0/16 via 192.168.0.100",
            "ip link add lan type dummy",
            "ip link add alt mtu 1300 type dummy",
            "ip link add thin mtu 1200 type dummy",
            "ip address add 192.168.0.100/24 dev wan",
            "ip address add 10.2.0.1/16 dev lan",
            "ip address add 172.16.0.1/24 dev alt",
            "ip address add fd00:2::1/64 dev lan nodad",
            "ip address add fd00:1::1/64 dev wan nodad",
            "ip link set wan up",
            "ip link set lan up",
            "ip link set alt up",
            "ip link set thin up",
            "sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1",
            "ip route add default via 192.168.0.1",
            "ip -6 route add default via fd00:1::2",
            "ip route add blackhole 198.18.0.0/24",
            "ip route add default via 172.16.0.2 table 100",
            "ip -6 route add default dev alt table 100",
            "ip route add default dev thin table 101",
            "ip route add unreachable default table 102",
            "ip route add 10.1.0.0/16 via 192.168.0.1 src 10.2.0.1 table 220",
            "ip route add 10.3.0.0/16 via 192.168.0.1 src 10.2.0.1 table 220",
            "ip route add throw 10.1.9.0/24 table 220",
            "ip rule add priority 90 to 203.0.113.64 goto 32766",
            "ip rule add priority 100 fwmark 7 lookup 100",
            "ip -6 rule add priority 100 fwmark 7 lookup 100",
            "ip rule add priority 110 ipproto udp dport 50-53 lookup 101",
            "ip rule add priority 115 ipproto udp dport 67 lookup 101",
            "ip rule add priority 120 from 172.16.0.1 lookup 100",
            "ip rule add priority 130 iif lan to 198.51.100.0/24 prohibit",
            "ip rule add priority 150 not to 10.0.0.0/8 lookup main suppress_prefixlength 0",
            "ip rule add priority 155 to 203.0.113.240/28 lookup 102 suppress_prefixlength 0",
            "ip rule add priority 160 to 203.0.113.128/25 lookup 101",
            "ip rule add priority 220 lookup 220",
            "ip link add ipsec0 type xfrm dev wan if_id 42",
            "ip link set ipsec0 up",
            "ip route add 10.4.0.0/16 dev ipsec0",
            "ip route add 10.5.0.0/16 dev ipsec0",
            "ip xfrm state add src 192.168.0.100 dst 192.168.0.1 proto esp spi 0x107 reqid 7 mode tunnel" + KEY,
            "ip xfrm state add src 192.168.0.100 dst 192.168.0.1 proto esp spi 0x108 reqid 8 mode tunnel output-mark 7"
                    + KEY,
            "ip xfrm state add src 192.168.0.100 dst 192.168.0.1 proto esp spi 0x142 reqid 42 if_id 42 mode tunnel"
                    + KEY,
            "ip xfrm policy add src 10.2.0.0/16 dst 10.1.0.0/16 dir out" + TUNNEL + "7",
            "ip xfrm policy add src 10.2.0.0/16 dst 10.3.0.0/16 dir out" + TUNNEL + "8",
            "ip xfrm policy add src 10.2.0.0/16 dst 10.4.0.0/16 dir out if_id 42" + TUNNEL + "42");

    /** The other gateway has no interface, and one state for each that there may be here. */
    private static final List<String> ARRIVALS = List.of(
            "ip link add ipsec1 type xfrm dev wan if_id 43",
            "ip link set ipsec1 up",
            ARRIVING + "0x242 reqid 42 if_id 42" + REPLAY + OTHER_KEY,
            ARRIVING + "0x243 reqid 43 if_id 43" + REPLAY + OTHER_KEY,
            ARRIVING + "0x244 reqid 44" + REPLAY + OTHER_KEY,
            "ip xfrm policy add src 10.4.0.0/16 dst 10.2.0.0/16 dir in if_id 42" + BACK + "42",
            "ip xfrm policy add src 10.6.0.0/16 dst 10.2.0.0/16 dir in if_id 42" + BACK + "43",
            "ip xfrm policy add src 10.7.0.0/16 dst 10.2.0.0/16 dir in if_id 42" + BACK + "44",
            THERE + "state add src 192.168.0.1 dst 192.168.0.100 proto esp spi 0x242 reqid 42 mode tunnel" + OTHER_KEY,
            THERE + "state add src 192.168.0.1 dst 192.168.0.100 proto esp spi 0x243 reqid 43 mode tunnel" + OTHER_KEY,
            THERE + "state add src 192.168.0.1 dst 192.168.0.100 proto esp spi 0x244 reqid 44 mode tunnel" + OTHER_KEY,
            THERE + "policy add src 10.4.0.0/16 dst 10.2.0.0/16 dir out" + BACK + "42",
            THERE + "policy add src 10.6.0.0/16 dst 10.2.0.0/16 dir out" + BACK + "43",
            THERE + "policy add src 10.7.0.0/16 dst 10.2.0.0/16 dir out" + BACK + "44");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Path PROC = Path.of("/proc");

    private ExplainRoutesProof() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (String command : TOPOLOGY) {
            GuestCommand.run(command);
        }
        Path saved = Files.createTempDirectory("explain").resolve("snapshot");
        ours("snapshot " + saved);
        ArrayNode all = JSON.createArrayNode();
        for (RouteCase each : RouteCase.all()) {
            ObjectNode record = all.addObject().put("name", each.name());
            record.set("live", JSON.readTree(ours("explain --json " + each.words())));
            record.set("saved", JSON.readTree(ours("explain --json --from " + saved + " " + each.words())));
        }
        // Not before: a policy that was used says so.
        for (int i = 0; i < all.size(); i++) {
            String ping = RouteCase.all().get(i).ping();
            if (!ping.isEmpty()) {
                ObjectNode record = (ObjectNode) all.get(i);
                int most = record.path("live").path("out").path("mtu").asInt();
                record.put("fits", ping(ping, most)).put("exceeds", ping(ping, most + 1));
            }
        }
        Files.writeString(Path.of(arguments[0]).resolve("routes.json"), all.toPrettyString());
        Files.writeString(
                Path.of(arguments[0]).resolve("arrivals.json"), arrivals().toPrettyString());
    }

    private static ArrayNode arrivals() throws IOException, InterruptedException {
        for (String command : ARRIVALS) {
            GuestCommand.run(command);
        }
        ArrayNode all = JSON.createArrayNode();
        for (ArrivalCase each : ArrivalCase.all()) {
            ObjectNode record = all.addObject().put("name", each.name());
            record.set("told", JSON.readTree(ours("explain --json " + each.words())));
            Map<String, Long> before = HostFiles.statistics(PROC);
            long echoes = echoes();
            new ProcessBuilder(("ip netns exec moon ping -q -c 1 -W 1 -I " + each.from() + " 10.2.0.1").split(" "))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            record.put("taken", echoes() - echoes);
            ObjectNode rises = record.putObject("rises");
            HostFiles.statistics(PROC).forEach((name, value) -> {
                if (value > before.getOrDefault(name, 0L)) {
                    rises.put(name, value - before.getOrDefault(name, 0L));
                }
            });
        }
        return all;
    }

    /** How many pings were taken: they are counted when the policies have let them in. */
    private static long echoes() throws IOException {
        List<String[]> icmp = Files.readAllLines(PROC.resolve("net/snmp"), StandardCharsets.US_ASCII).stream()
                .filter(line -> line.startsWith("Icmp:"))
                .map(line -> line.split(" ", -1))
                .toList();
        return Long.parseLong(icmp.get(1)[Arrays.asList(icmp.get(0)).indexOf("InEchos")]);
    }

    /** What ping says of one packet of this length that must not be fragmented. Nobody answers it. */
    private static String ping(String options, int length) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("ping", "-c", "1", "-W", "0.1", "-M", "do", "-s"));
        words.add(Integer.toString(length - (options.contains(":") ? 48 : 28)));
        words.addAll(Arrays.asList(options.split(" ")));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static String ours(String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine(new RunningKernel())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.split(" "));
        if (out.toString().isEmpty() || status > 1) {
            throw new IllegalStateException(line + " ended with " + status + "\n" + err);
        }
        return out.toString();
    }
}

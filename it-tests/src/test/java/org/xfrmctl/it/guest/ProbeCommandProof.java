package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs in the guest: {@code xfrmctl mtu probe} where filters refuse long packets, and to addresses that are no other host's.
 * This host, a router and a host behind it. Prints what it saw for {@link ProbeCommandIT} to judge.
 */
final class ProbeCommandProof {
    private static final List<String> TOPOLOGY = List.of(
            "ip link set lo up",
            "ip netns add router",
            "ip netns add far",
            "ip link add lan type veth peer name lan netns router",
            "ip -n router link add wan type veth peer name wan netns far",
            "ip address add 10.1.0.10/24 brd + dev lan",
            "ip link set lan up",
            "ip -n router address add 10.1.0.1/24 dev lan",
            "ip -n router address add 10.2.0.1/24 dev wan",
            "ip -n router link set lan up",
            "ip -n router link set wan up",
            "ip netns exec router sysctl -qw net.ipv4.ip_forward=1",
            "ip -n far address add 10.2.0.10/24 dev wan",
            "ip -n far link set wan up",
            "ip -n far route add default via 10.2.0.1",
            "ip route add default via 10.1.0.1");

    private ProbeCommandProof() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("probe");
        Path reject = rules(scratch, "forward", "reject with icmp type admin-prohibited");
        Path drop = rules(scratch, "output", "drop");
        for (String command : TOPOLOGY) {
            Transcript.show(command);
        }
        probe(scratch, "--to", "10.2.0.10");
        Transcript.show("ip netns exec router nft -f " + reject);
        probe(scratch, "--to", "10.2.0.10");
        probe(scratch, "--to", "10.2.0.10", "--json");
        Transcript.show("ip netns exec router nft delete table inet refusing");
        Transcript.show("nft -f " + drop);
        probe(scratch, "--to", "10.2.0.10");
        Transcript.show("nft delete table inet refusing");
        for (String to : List.of("10.1.0.255", "255.255.255.255", "224.0.0.1", "127.0.0.1", "0.0.0.0", "10.1.0.10")) {
            probe(scratch, "--to", to);
        }
        probe(scratch, "--to", "10.2.0.10", "--from", "10.9.9.9");
        Transcript.show("ip netns del far");
        Transcript.show("ip netns del router");
    }

    private static Path rules(Path scratch, String hook, String verdict) throws IOException {
        return Files.writeString(scratch.resolve(hook + ".nft"), """
                table inet refusing {
                    chain long {
                        type filter hook %s priority filter;
                        meta length > 1300 %s
                    }
                }
                """.formatted(hook, verdict));
    }

    private static void probe(Path scratch, String... words) {
        String[] line = new String[words.length + 2];
        line[0] = "mtu";
        line[1] = "probe";
        System.arraycopy(words, 0, line, 2, words.length);
        // Without a child's name no definition is read.
        Transcript.run(scratch.resolve("none.yaml"), scratch, line);
    }
}

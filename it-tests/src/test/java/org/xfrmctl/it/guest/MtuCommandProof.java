package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs in the guest: {@code xfrmctl mtu} while routes and paths change. This host, a router and a hop of 1400 bytes behind it.
 * Prints what it saw for {@link MtuCommandIT} to judge.
 */
final class MtuCommandProof {
    private static final String DEFINITION = """
            connections:
              site:
                local_addrs: 192.0.2.1
                remote_addrs: 198.51.100.2
                children:
                  net:
                    local_ts: 10.1.0.0/16
                    remote_ts: [10.2.0.0/16, 10.3.0.0/16]
                    sas:
                      out: { spi: 0xc1000001, key: a }
                      in: { spi: 0xc1000002, key: b }
              six:
                local_addrs: "2001:db8::1"
                remote_addrs: "2001:db8::2"
                children:
                  net:
                    local_ts: "fd01::/64"
                    remote_ts: "fd02::/64"
                    ipcomp: yes
                    esp_proposals: aes256-sha256
                    sas:
                      out: { spi: 0xc1000003, cpi: 0x1001, key: c }
                      in: { spi: 0xc1000004, cpi: 0x1002, key: d }
              six2:
                local_addrs: "2001:db8::1"
                remote_addrs: "2001:db8:2::2"
                children:
                  net:
                    local_ts: "fd01::/64"
                    remote_ts: "fd03::/64"
                    sas:
                      out: { spi: 0xc1000007, key: g }
                      in: { spi: 0xc1000008, key: h }
              routed:
                local_addrs: 192.0.2.1
                remote_addrs: 192.0.2.254
                children:
                  red:
                    interface: red
                    local_ts: 0.0.0.0/0
                    remote_ts: 0.0.0.0/0
                    sas:
                      out: { spi: 0xc1000005, key: e }
                      in: { spi: 0xc1000006, key: f }
            interfaces:
              red: { type: xfrm, if_id: 1, mtu: 1300, addresses: 172.16.1.1/24, routes: 10.4.0.0/16 }
            secrets:
              g: { command: [echo, "400102030405060708090a0b0c0d0e0f10111213"] }
              h: { command: [echo, "500102030405060708090a0b0c0d0e0f10111213"] }
              e: { command: [echo, "200102030405060708090a0b0c0d0e0f10111213"] }
              f: { command: [echo, "300102030405060708090a0b0c0d0e0f10111213"] }
              a: { command: [echo, "000102030405060708090a0b0c0d0e0f10111213"] }
              b: { command: [echo, "100102030405060708090a0b0c0d0e0f10111213"] }
              c: { command: [printf, "%0128d", "3"] }
              d: { command: [printf, "%0128d", "4"] }
            """;

    private static final List<String> TOPOLOGY = List.of(
            "ip link set lo up",
            "ip netns add router",
            "ip netns add peer",
            "ip link add wan type veth peer name near netns router",
            "ip -n router link add far mtu 1400 type veth peer name wan netns peer",
            "ip address add 192.0.2.1/24 dev wan",
            "ip address add 2001:db8::1/64 dev wan nodad",
            "ip address add 10.1.0.1/16 dev lo",
            "ip address add fd01::1/64 dev lo",
            "ip link set wan up",
            "ip -n router address add 192.0.2.254/24 dev near",
            "ip -n router address add 198.51.100.1/24 dev far",
            "ip -n router address add 2001:db8::254/64 dev near nodad",
            "ip -n router address add 2001:db8:2::1/64 dev far nodad",
            "ip -n router link set near up",
            "ip -n router link set far up",
            "ip netns exec router sysctl -qw net.ipv4.ip_forward=1",
            "ip netns exec router sysctl -qw net.ipv6.conf.all.forwarding=1",
            "ip -n peer address add 198.51.100.2/24 dev wan",
            "ip -n peer link set wan up",
            "ip -n peer route add default via 198.51.100.1",
            "ip route add default via 192.0.2.254",
            "ip route add fd02::/64 via 2001:db8::2");

    private final Path file;
    private final Path state;

    private MtuCommandProof(Path file, Path state) {
        this.file = file;
        this.state = state;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("mtu");
        Path file = Files.writeString(directory.resolve("site.yaml"), DEFINITION);
        MtuCommandProof proof = new MtuCommandProof(file, directory.resolve("state"));
        for (String command : TOPOLOGY) {
            GuestCommand.run(command);
        }
        proof.watchItChange();
    }

    private void watchItChange() throws IOException, InterruptedException {
        run("mtu", "site");
        run("mtu", "routed");
        // Without routed: this kernel makes no xfrm interfaces.
        run("up", "--state-dir", state.toString(), "site", "six", "six2");
        run("mtu", "site");
        Transcript.show("ping -M do -s 1400 -c 1 -W 1 -I 10.1.0.1 10.2.0.1");
        Transcript.show("ip route get 198.51.100.2");
        run("mtu", "site");
        run("mtu", "--json", "site");
        GuestCommand.run("ip route add 10.3.0.0/16 via 192.0.2.254 mtu 1200");
        run("mtu", "site");
        run("mtu", "six");
        Files.writeString(Path.of("/proc/sys/net/ipv6/conf/wan/mtu"), "1300");
        run("mtu", "six");
        Files.writeString(Path.of("/proc/sys/net/ipv6/conf/wan/mtu"), "1500");
        GuestCommand.run("ip -6 route add 2001:db8:2::/64 via 2001:db8::254");
        Transcript.show("ping -6 -M do -s 1400 -c 1 -W 1 2001:db8:2::2");
        Transcript.show("ip -6 route get 2001:db8:2::2");
        run("mtu", "six2");
        // Other states than those that the definition has: the kernel takes the newest.
        GuestCommand.run("ip xfrm state add src 192.0.2.1 dst 198.51.100.2 proto esp spi 0xdead reqid "
                + reqid() + " mode tunnel auth-trunc hmac(sha512) 0x" + "01".repeat(64) + " 256 enc cbc(aes) 0x"
                + "02".repeat(16));
        run("mtu", "site");
        GuestCommand.run("ip route delete default");
        run("mtu", "site");
    }

    private static String reqid() throws IOException, InterruptedException {
        String states = GuestCommand.run("ip xfrm state list spi 0xc1000001");
        return states.replaceAll("(?s).*reqid (\\d+) .*", "$1");
    }

    private void run(String... words) {
        Transcript.run(file, state, words);
    }
}

package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs in the guest: {@code xfrmctl interface} on a real kernel, and what {@code ip} shows of it. Prints what it saw for {@link
 * InterfaceCommandIT} to judge.
 */
final class InterfaceCommandProof {
    private static final String DEFINITION = """
            interfaces:
              ipsec0:
                type: xfrm
                if_id: 42
                mtu: 1400
                addresses: [10.9.0.1/30, "fd00:9::1/64"]
                routes: [10.2.0.0/16, "fd00:2::/48"]
              gre1: { type: gre, local: 192.0.2.1, remote: 192.0.2.2, key: 0x01020304, mtu: 1380, routes: 10.3.0.0/16 }
              ipip1: { type: ipip, local: 192.0.2.1, remote: 192.0.2.2, ttl: 9, routes: 10.4.0.0/16 }
            connections:
              site:
                local_addrs: 192.0.2.1
                remote_addrs: 192.0.2.2
                children:
                  gre:
                    mode: transport
                    local_ts: dynamic[gre]
                    remote_ts: dynamic[gre]
                    on_down: pass
                    sas:
                      out: { spi: 0xc1000003, key: c }
                      in: { spi: 0xc1000004, key: d }
                  net:
                    interface: ipsec0
                    mss: 1000
                    local_ts: [0.0.0.0/0, "::/0"]
                    remote_ts: [0.0.0.0/0, "::/0"]
                    sas:
                      out: { spi: 0xc1000001, key: a }
                      in: { spi: 0xc1000002, key: b }
            secrets:
              a: { command: [echo, "000102030405060708090a0b0c0d0e0f10111213"] }
              b: { command: [echo, "100102030405060708090a0b0c0d0e0f10111213"] }
              c: { command: [echo, "200102030405060708090a0b0c0d0e0f10111213"] }
              d: { command: [echo, "300102030405060708090a0b0c0d0e0f10111213"] }
            """;

    private final Path file;
    private final Path state;

    private InterfaceCommandProof(Path file, Path state) {
        this.file = file;
        this.state = state;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("interfaces");
        Path file = Files.writeString(directory.resolve("site.yaml"), DEFINITION);
        InterfaceCommandProof proof = new InterfaceCommandProof(file, directory.resolve("state"));
        GuestCommand.run("ip link set lo up");
        GuestCommand.run("ip address add 192.0.2.1/24 dev lo");
        proof.makeAndMend();
        proof.leaveOthersAlone();
        proof.takeOverWhatAKilledRunLeft();
        proof.followChildren();
    }

    private void makeAndMend() throws IOException, InterruptedException {
        run("interface", "status");
        run("interface", "up", "--dry-run");
        run("interface", "up");
        Transcript.show("ip -d -o link show ipsec0");
        Transcript.show("ip -d -o link show gre1");
        Transcript.show("ip -d -o link show ipip1");
        Transcript.show("ip route show proto 88");
        Transcript.show("ip -6 route show proto 88");
        Transcript.show("ip -o address show dev ipsec0");
        run("interface", "up");
        GuestCommand.run("ip link set ipsec0 mtu 1300");
        GuestCommand.run("ip route delete 10.2.0.0/16 dev ipsec0");
        GuestCommand.run("ip route add 10.77.0.0/16 dev ipsec0 proto static");
        GuestCommand.run("ip address add 198.51.100.7/32 dev ipsec0");
        Transcript.show("ip -d -o address show dev ipsec0");
        run("interface", "status", "ipsec0");
        run("interface", "up", "ipsec0");
        Transcript.show("ip route show 10.77.0.0/16");
        Transcript.show("ip -o address show dev ipsec0");
        run("interface", "status", "ipsec0");
        run("interface", "status", "--json", "ipsec0");
        run("interface", "down");
        Transcript.show("ip -o link show type xfrm");
    }

    private void leaveOthersAlone() throws IOException, InterruptedException {
        GuestCommand.run("ip link add ipsec0 type dummy");
        run("interface", "up", "ipsec0");
        run("interface", "down", "ipsec0");
        GuestCommand.run("ip link delete ipsec0");
        // Somebody's route is in the way of the last change of all: what was made before goes again.
        GuestCommand.run("ip route add 10.4.0.0/16 dev lo");
        run("interface", "up");
        Transcript.show("ip -o link show gre1");
        Transcript.show("ip -o link show type xfrm");
        GuestCommand.run("ip route delete 10.4.0.0/16 dev lo");
    }

    private void takeOverWhatAKilledRunLeft() throws IOException, InterruptedException {
        GuestCommand.run("ip link add ipsec0 type xfrm if_id 42");
        GuestCommand.run(
                "ip link add gre1 alias theirs type gre local 192.0.2.1 remote 192.0.2.2 key 0x01020304 ttl 64");
        run("interface", "up", "ipsec0", "gre1");
        GuestCommand.run("ip link set gre1 alias theirs");
        run("interface", "up", "gre1");
        GuestCommand.run("ip link delete gre1");
        run("interface", "down", "ipsec0");
    }

    private void followChildren() throws IOException, InterruptedException {
        run("plan");
        run("up", "--state-dir", state.toString());
        Transcript.show("ip -o link show ipsec0");
        Transcript.show("ip route show 10.2.0.0/16");
        Transcript.show("ip -6 route show fd00:2::/48");
        run("interface", "down", "ipsec0");
        run("down", "--state-dir", state.toString());
        run("interface", "down", "gre1");
        run("interface", "down", "--force", "gre1");
        run("down", "--state-dir", state.toString());
        run("interface", "status", "ipsec0");
        run("interface", "down", "ipsec0");
        run("interface", "down", "--force", "ipsec0");
        Transcript.show("ip -o link show type xfrm");
    }

    private void run(String... words) {
        Transcript.run(file, state, words);
    }
}

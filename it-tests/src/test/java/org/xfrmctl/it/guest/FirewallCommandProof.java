package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs in the guest: {@code xfrmctl firewall} beside a table of somebody else. Prints what it saw for {@link FirewallIT} to
 * judge.
 */
final class FirewallCommandProof {
    private static final String DEFINITION = """
            connections:
              site:
                local_addrs: 192.0.2.1
                remote_addrs: 192.0.2.2
                children:
                  net:
                    local_ts: 10.1.0.0/16
                    remote_ts: 10.2.0.0/16
                    mss: auto
                    copy_df: set
                    sas:
                      out: { spi: 0xc1000001, key: a }
                      in: { spi: 0xc1000002, key: b }
              other:
                local_addrs: 192.0.2.1
                remote_addrs: 192.0.2.3
                children:
                  net:
                    local_ts: 10.1.0.0/16
                    remote_ts: 10.3.0.0/16
                    sas:
                      out: { spi: 0xc1000003, key: c }
                      in: { spi: 0xc1000004, key: d }
            secrets:
              a: { file: nowhere }
              b: { file: nowhere }
              c: { file: nowhere }
              d: { file: nowhere }
            """;

    private FirewallCommandProof() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("firewall");
        Path file = Files.writeString(scratch.resolve("firewall.yaml"), DEFINITION);
        Transcript.show("ip link add wan mtu 1400 type dummy");
        Transcript.show("ip addr add 192.0.2.1/24 dev wan");
        Transcript.show("ip link set wan up");
        Transcript.show("nft add table inet mine");
        run(file, scratch, "firewall", "--status");
        run(file, scratch, "firewall", "--json", "site");
        run(file, scratch, "firewall", "--install");
        Transcript.show("nft list tables");
        Transcript.show("nft list table inet xfrmctl/site/net");
        run(file, scratch, "firewall", "--install", "--mss-only", "site/net");
        Transcript.show("nft list tables");
        Transcript.show("nft list table inet xfrmctl/site/net");
        run(file, scratch, "firewall", "--status");
        run(file, scratch, "firewall", "--install", "--mss-only");
        Transcript.show("nft list table inet xfrmctl/other/net");
        run(file, scratch, "firewall", "--install", "--mss-only", "other");
        run(file, scratch, "firewall", "--install", "--mss-only", "other");
        run(file, scratch, "firewall", "--install", "other");
        run(file, scratch, "firewall", "--remove", "site");
        run(file, scratch, "firewall", "--remove", "site");
        Transcript.show("nft list tables");
        run(file, scratch, "firewall", "--remove");
        Transcript.show("nft list tables");
        Transcript.show("ip link del wan");
    }

    private static void run(Path file, Path scratch, String... words) {
        Transcript.run(file, scratch, words);
    }
}

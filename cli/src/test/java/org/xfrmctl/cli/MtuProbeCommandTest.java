package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.cli.daemon.DaemonHost;
import org.xfrmctl.cli.daemon.DeviceSpec;
import org.xfrmctl.cli.daemon.NetlinkDoor;
import org.xfrmctl.netlink.sys.PacketListener;

/** The command line of {@code mtu probe}, and a daemon's host behind it; labs and MtuProbeIT have paths. */
@Timeout(20)
class MtuProbeCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path directory;

    private Console.Result probe(String... words) {
        String file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
        String[] line = new String[words.length + 4];
        line[0] = "mtu";
        line[1] = "probe";
        line[2] = "-f";
        line[3] = file;
        System.arraycopy(words, 0, line, 4, words.length);
        return console.run(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --from 10.1.0.1                   | without a child's NAME it takes --to HOST: a host behind the tunnel
            --to 10.1.0.1 --tunnel-mtu 60     | --tunnel-mtu 60 is not in 68..65535
            home/net --tunnel-mtu 1446        | --tunnel-mtu is for hosts behind the gateway; for a child of this host it is computed
            home/nt                           | no connection or child is named "home/nt"; did you mean "home/net"?
            --to nobody                       | "nobody" is no IPv4 or IPv6 address
            """)
    void aWrongCommandLineIsOneLine(String line, String problem) {
        Console.Result result = probe(line.split(" "));

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.errors().get(0)).startsWith("xfrmctl: " + problem);
    }

    @Test
    void twoFamiliesAreNoPath() {
        Console.Result result = probe("--to", "10.1.0.1", "--from", "fd00::1");

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .isEqualTo("xfrmctl: no packet goes from fd00::1 to 10.1.0.1\n  give two addresses of one family\n");
    }

    @Test
    void aKernelOfStatesAloneHasNoPaths() {
        assertThat(probe("--to", "10.1.0.1").err()).isEqualTo("""
                        xfrmctl: this kernel has no routes: it is one of states and policies alone
                          name the socket of a daemon with --netlink-socket PATH
                        """);
    }

    @Test
    void aDaemonThatIsNotThereIsMissed() {
        String socket = directory.resolve("door").toString();
        Console.Result result = probe("--netlink-socket", socket, "--to", "10.1.0.1");

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).startsWith("xfrmctl: " + socket + ": no daemon answers there\n  start one:");
    }

    @Test
    void helpHasExamples() {
        Console.Result result = console.run("mtu", "probe", "--help");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .startsWith("Usage: xfrmctl mtu probe")
                .contains("xfrmctl mtu probe home/net --to 10.1.0.10", "Exit status:");
        assertThat(console.run("mtu", "--help").out()).contains("  probe ");
    }

    /** Its only link leads to nobody: it says so, and does not ask itself instead. */
    @Test
    void aDaemonsHostAsks() throws Exception {
        DaemonHost host = new DaemonHost(List.of(toNobody()), List.of(), false, new SecureRandom(), line -> {});
        Path path = directory.resolve("door");
        Thread mover = new Thread(host::run, "packets");
        mover.start();
        Console.Result result;
        Console.Result nowhere;
        Console.Result itself;
        try (NetlinkDoor door = NetlinkDoor.of(host, PacketListener.at(path))) {
            new Thread(door::run, "door").start();
            String socket = path.toString();
            result = probe("--netlink-socket", socket, "--to", "192.0.2.2", "--from", "192.0.2.1", "--json");
            nowhere = probe("--netlink-socket", socket, "--to", "203.0.113.1");
            itself = probe("--netlink-socket", socket, "--to", "192.0.2.1");
        } finally {
            host.stop();
            mover.join();
        }

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.get("verdict").asText()).isEqualTo("nobody");
        assertThat(report.get("expected").asInt()).isEqualTo(65_535);
        assertThat(report.get("soundings")).hasSize(1);
        assertThat(nowhere.err()).startsWith("xfrmctl: there is no route to 203.0.113.1\n");
        assertThat(itself.err())
                .startsWith("xfrmctl: 192.0.2.1 is an address of this host: what goes there takes no path\n");
    }

    private static DeviceSpec toNobody() throws Exception {
        try (DatagramSocket own = new DatagramSocket(0);
                DatagramSocket other = new DatagramSocket(0)) {
            return DeviceSpec.parse("udp,local=127.0.0.1:" + own.getLocalPort() + ",remote=127.0.0.1:"
                    + other.getLocalPort() + ",peer=192.0.2.2,address=192.0.2.1/24");
        }
    }
}

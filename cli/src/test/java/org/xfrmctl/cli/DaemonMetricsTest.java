package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.daemon.DaemonHost;
import org.xfrmctl.cli.daemon.DeviceSpec;
import org.xfrmctl.cli.daemon.NetlinkDoor;
import org.xfrmctl.cli.daemon.RouteSpec;
import org.xfrmctl.cli.metrics.Exposition;
import org.xfrmctl.cli.metrics.Scrapes;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.sys.PacketListener;
import picocli.CommandLine;

/** Two daemons with a tunnel in UDP between them, and what one of them tells of the packets. */
@Timeout(60)
class DaemonMetricsTest {
    private static final String FLOW = "connection=\"\",child=\"192.0.2.1 - 192.0.2.2, reqid 1\"";

    @TempDir
    Path directory;

    private DaemonHost carol;
    private DaemonHost moon;
    private NetlinkDoor carolDoor;
    private NetlinkDoor moonDoor;
    private Scrapes scraper;

    @BeforeEach
    void begin() throws Exception {
        int carolPort;
        int moonPort;
        try (DatagramSocket one = new DatagramSocket(0);
                DatagramSocket other = new DatagramSocket(0)) {
            carolPort = one.getLocalPort();
            moonPort = other.getLocalPort();
        }
        carol = host(1, carolPort, 2, moonPort);
        moon = host(2, moonPort, 1, carolPort);
        carolDoor = NetlinkDoor.of(carol, PacketListener.at(directory.resolve("carol")));
        moonDoor = NetlinkDoor.of(moon, PacketListener.at(directory.resolve("moon")));
        start(carol);
        start(moon);
        tunnel(carolDoor, "out", "in");
        DaemonCommand command = new DaemonCommand();
        new CommandLine(command).parseArgs("--netlink-socket", "carol", "--metrics", "0");
        scraper = new DaemonMetrics(carol, carolDoor).scraper(command.metrics);
        tunnel(moonDoor, "in", "out");
    }

    private static DaemonHost host(int number, int port, int other, int otherPort) {
        return new DaemonHost(
                List.of(DeviceSpec.parse("udp,local=127.0.0.1:" + port + ",remote=127.0.0.1:" + otherPort
                        + ",peer=192.0.2." + other + ",address=192.0.2." + number + "/24,address=10." + number
                        + ".0.1/32")),
                List.of(RouteSpec.parse(
                        "10." + other + ".0.0/16,via=192.0.2." + other + ",source=10." + number + ".0.1")),
                false,
                new SecureRandom(),
                line -> {});
    }

    private static void start(DaemonHost host) {
        Thread mover = new Thread(host::run, "packets");
        mover.setDaemon(true);
        mover.start();
    }

    @AfterEach
    void end() {
        carolDoor.close();
        moonDoor.close();
        carol.stop();
        moon.stop();
    }

    private static void tunnel(NetlinkDoor door, String there, String back) {
        String state = "state add src 192.0.2.%d dst 192.0.2.%d proto esp spi 0x%d reqid 1 mode tunnel replay-window 32"
                + " encap espinudp 4500 4500 0.0.0.0 aead rfc4106(gcm(aes)) 0x%s 128";
        String policy =
                "policy add src 10.%1$d.0.0/16 dst 10.%2$d.0.0/16 dir %3$s tmpl src 192.0.2.%1$d dst 192.0.2.%2$d"
                        + " proto esp reqid 1 mode tunnel";
        run(door, String.format(state, 1, 2, 1001, "ab".repeat(20)));
        run(door, String.format(state, 2, 1, 1002, "cd".repeat(20)));
        run(door, String.format(policy, 1, 2, there));
        run(door, String.format(policy, 2, 1, back));
    }

    private static void run(NetlinkDoor door, String words) {
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine(door::open)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err));
        assertThat(line.execute(words.split(" ", -1))).as(err.toString()).isZero();
    }

    @Test
    void itsPacketsAreToldByGatewaysAndReqid() throws InterruptedException {
        assertThat(carol.ping(PingOptions.of(IpAddress.parse("10.2.0.1"), 56).withCount(3))
                        .received())
                .isEqualTo(3);

        Exposition seen = Exposition.read(scraper.next());

        assertThat(seen.value("xfrmctl_up")).isOne();
        for (String direction : List.of("out", "in")) {
            String flow = FLOW + ",direction=\"" + direction + "\",protocol=\"esp\"";
            assertThat(seen.value("xfrmctl_child_packets_total{" + flow + "}")).isEqualTo(3);
            assertThat(seen.value("xfrmctl_child_bytes_total{" + flow + "}")).isEqualTo(3 * 84);
        }
        String out = FLOW + ",direction=\"out\",protocol=\"esp\",spi=\"0x00001001\"";
        String in = FLOW + ",direction=\"in\",protocol=\"esp\",spi=\"0x00001002\"";
        assertThat(seen.value("xfrmctl_state_sequence_numbers_used{" + out + "}"))
                .isEqualTo(3);
        assertThat(seen.value("xfrmctl_state_sequence_numbers_used{" + in + "}"))
                .isEqualTo(3);
        assertThat(seen.value("xfrmctl_foreign_states{protocol=\"esp\"}")).isEqualTo(2);
        assertThat(seen.value("xfrmctl_xfrm_stat_total{counter=\"XfrmInNoStates\"}"))
                .isZero();
        assertThat(seen.types().keySet()).noneMatch(name -> name.startsWith("xfrmctl_watch_"));
    }

    @Test
    void whatItDropsIsToldByTheKernelsNames() throws InterruptedException {
        run(carolDoor, "policy deleteall dir out");
        run(carolDoor, "policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out action block");
        assertThat(carol.ping(PingOptions.of(IpAddress.parse("10.2.0.1"), 56)).received())
                .isZero();

        assertThat(Exposition.read(scraper.next()).value("xfrmctl_xfrm_stat_total{counter=\"XfrmOutPolBlock\"}"))
                .isOne();
    }
}

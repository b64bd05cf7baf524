package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.NetlinkTransport;
import picocli.CommandLine;

/** Carol and moon of {@link Definitions#GOOD}, with packets between them. */
final class LinkedHosts {
    private static final IpAddress BEHIND_MOON = IpAddress.parse("10.1.0.1");

    private final Network network = new Network();
    private final Link wan = network.link("wan", 1500);
    private final Host carol = host("carol", "192.168.0.100/24");
    private final Host moon = host("moon", "192.168.0.1/24");

    /** The kernel of a host. */
    record HostKernel(UserspaceKernel kernel, Optional<String> name, Optional<Path> proc) implements Kernel {
        @Override
        public NetlinkTransport open() {
            return kernel.open();
        }
    }

    LinkedHosts() {
        moon.attach("lan", network.link("lan", 1500), List.of(new IpPrefix(BEHIND_MOON, 16)));
        carol.route(IpPrefix.parse("10.1.0.0/16"), IpAddress.parse("192.168.0.1"));
    }

    private Host host(String name, String address) {
        Host host = new Host(name, network, Clock.systemUTC(), new Random(1), Identifiers.random(new Random(2)));
        host.attach("wan", wan, List.of(IpPrefix.parse(address)));
        return host;
    }

    /** For a watch, which keeps a journal; {@code proc} is where the kernel tells of itself. */
    Kernel carol(Path proc) {
        return new HostKernel(new UserspaceKernel(carol.namespace()), Optional.of("netns-1"), Optional.of(proc));
    }

    /** Brings the other end up. */
    void bringMoonUp(Path directory, String definition) {
        String mirrored = run(new Console().kernel(), "mirror", "-f", definition);
        String file = Definitions.write(directory, "moon.yaml", mirrored);
        run(
                new HostKernel(new UserspaceKernel(moon.namespace()), Optional.empty(), Optional.empty()),
                "up",
                "-f",
                file);
    }

    private static String run(Kernel kernel, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine(kernel).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        assertThat(line.execute(words)).as(err.toString()).isZero();
        return out.toString();
    }

    /** Carol pings a host behind moon; by one thread at a time. */
    PingOutcome ping(int size) {
        return carol.ping(PingOptions.of(BEHIND_MOON, size));
    }
}

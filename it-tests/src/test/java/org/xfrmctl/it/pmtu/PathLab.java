package org.xfrmctl.it.pmtu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.ScenarioReader;

/**
 * A - firewall - B = router = C - D, with both families everywhere. Each case has a tunnel to an address of C and a
 * destination at D of its own: what is learnt of a path is learnt of a destination.
 */
final class PathLab {
    static final int BYTES = 200_000;
    /** What B sends by in the first case; in the next, two more. */
    static final int FIRST_SPI = 0x1000;

    private static final String LAB = """
            title: "A hop of %d, ICMP errors %s"
            links: { home: { mtu: 1500 }, edge: { mtu: 1500 }, near: { mtu: 1500 }, hop: { mtu: %d }, far: { mtu: 1500 } }
            hosts:
              a:
                addresses: { home: [10.1.0.10/24, "fd00:1::10/64"] }
                routes: { 0.0.0.0/0: 10.1.0.1, "::/0": "fd00:1::1" }
              firewall:
                forwarding: true
                filters: %s
                addresses: { home: [10.1.0.1/24, "fd00:1::1/64"], edge: [10.2.0.1/24, "fd00:2::1/64"] }
                routes: { 0.0.0.0/0: 10.2.0.2, "::/0": "fd00:2::2" }
              b:
                forwarding: true
                addresses: { edge: [10.2.0.2/24, "fd00:2::2/64"], near: [192.168.1.1/24, "fd00:11::1/64"] }
                routes:
                  10.1.0.0/24: 10.2.0.1
                  "fd00:1::/64": "fd00:2::1"
                  0.0.0.0/0: 192.168.1.254
                  "::/0": "fd00:11::254"
                definition: b.yaml
              router:
                forwarding: true
                silent: %s
                addresses: { near: [192.168.1.254/24, "fd00:11::254/64"], hop: [192.168.2.254/24, "fd00:12::254/64"] }
              c:
                forwarding: true
                addresses: { hop: [%s], far: [10.3.0.1/24, "fd00:3::1/64"] }
                routes: { 0.0.0.0/0: 192.168.2.254, "::/0": "fd00:12::254" }
                definition: c.yaml
              d:
                addresses: { far: [%s] }
                routes: { 0.0.0.0/0: 10.3.0.1, "::/0": "fd00:3::1" }
            secrets: generate
            steps:
              - up: [b, c]
            """;

    private static final String CONNECTION = """
              path%d:
                local_addrs: "%s"
                remote_addrs: "%s"
                children:
                  net:
                    local_ts: "%s"
                    remote_ts: "%s"
                    copy_df: %s
                    sas:
                      out: { spi: %d, key: %s }
                      in: { spi: %d, key: %s }
            """;

    private PathLab() {}

    /** What happens in each case. */
    enum Task {
        TRANSFER,
        PROBE;

        private String step(PathCase path, int number, String target) {
            boolean host = path.sender() == PathCase.Sender.HOST;
            String ends = "from: %s, to: \"%s\"".formatted(host ? "a" : "b", target);
            if (this == TRANSFER) {
                return "  - transfer: { %s, bytes: %d }\n".formatted(ends, BYTES);
            }
            String child = host ? "" : ", child: path" + number + "/net";
            return "  - { probe: { %s%s }, expect: { rises: { firewall: whatever } } }\n".formatted(ends, child);
        }
    }

    /** Writes the files of a lab for cases of one hop into a directory, and reads them. */
    static Scenario in(Path directory, int mtu, PathCase.Errors errors, List<PathCase> paths) {
        return in(directory, mtu, errors, paths, Task.TRANSFER);
    }

    static Scenario in(Path directory, int mtu, PathCase.Errors errors, List<PathCase> paths, Task task) {
        StringBuilder lab = new StringBuilder(LAB.formatted(
                mtu,
                errors,
                mtu,
                yes(errors == PathCase.Errors.STOPPED_IN_CLEAR),
                yes(errors == PathCase.Errors.STOPPED_BETWEEN_GATEWAYS),
                addresses(paths.size(), "192.168.2.", "fd00:12::", 1),
                addresses(paths.size(), "10.3.0.", "fd00:3::", 10)));
        StringBuilder here = new StringBuilder("connections:\n");
        StringBuilder there = new StringBuilder("connections:\n");
        StringBuilder secrets = new StringBuilder("secrets:\n");
        for (int i = 0; i < paths.size(); i++) {
            secrets.append("  there%d: { file: there%d.key }\n  back%d: { file: back%d.key }\n".formatted(i, i, i, i));
            PathCase path = paths.get(i);
            boolean six = path.families().outerSix();
            String gateway = six ? "fd00:11::1" : "192.168.1.1";
            String peer = address(six, "192.168.2.", "fd00:12::", 1 + i);
            String target = address(path.families().innerSix(), "10.3.0.", "fd00:3::", 10 + i);
            lab.append(task.step(path, i, target));
            String source = source(path);
            String df = yes(path.copiesDf());
            int spi = FIRST_SPI + 2 * i;
            here.append(
                    CONNECTION.formatted(i, gateway, peer, source, target, df, spi, "there" + i, spi + 1, "back" + i));
            there.append(
                    CONNECTION.formatted(i, peer, gateway, target, source, df, spi + 1, "back" + i, spi, "there" + i));
        }
        try {
            Files.writeString(directory.resolve("lab.yaml"), lab);
            Files.writeString(directory.resolve("b.yaml"), here.append(secrets));
            Files.writeString(directory.resolve("c.yaml"), there.append(secrets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ScenarioReader.read(directory);
    }

    private static String source(PathCase path) {
        boolean six = path.families().innerSix();
        if (path.sender() == PathCase.Sender.HOST) {
            return six ? "fd00:1::/64" : "10.1.0.0/24";
        }
        return six ? "fd00:11::1" : "192.168.1.1";
    }

    private static String addresses(int count, String four, String six, int first) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> four + number + "/24, \"" + address(true, four, six, number) + "/64\"")
                .collect(Collectors.joining(", "));
    }

    private static String address(boolean isSix, String four, String six, int number) {
        return isSix ? six + Integer.toHexString(number) : four + number;
    }

    private static String yes(boolean so) {
        return so ? "yes" : "no";
    }
}

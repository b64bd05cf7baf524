package org.xfrmctl.it.docker;

import com.github.dockerjava.api.model.ContainerNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.model.Family;

/**
 * A host: a container of the tools image that holds the network namespace, as a pod's first one does. A {@link Gateway} may
 * share it. What looks at the host from outside xfrmctl runs here: {@code ip}, {@code ping}, {@code tcpdump}.
 */
final class ContainerHost implements AutoCloseable {
    private static final Pattern STATISTIC = Pattern.compile("(?m)^(\\w+)\\s+(\\d+)$");
    private static final Pattern PINGED = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

    private final String name;
    private final GenericContainer<?> container;

    ContainerHost(String name, GenericContainer<?> container) {
        this.name = name;
        this.container = container;
    }

    String name() {
        return name;
    }

    String id() {
        return container.getContainerId();
    }

    /** Runs a command as root to its end. */
    Outcome run(String... words) {
        return run(container, words);
    }

    /** Runs a shell's script. */
    Outcome script(String text) {
        return run("sh", "-c", text);
    }

    static Outcome run(GenericContainer<?> container, String... words) {
        try {
            Container.ExecResult result = container.execInContainer(words);
            return new Outcome(String.join(" ", words), result.getExitCode(), result.getStdout(), result.getStderr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The MAC addresses of its interfaces, by the engine's names of the networks. */
    Map<String, String> interfaces() {
        Map<String, ContainerNetwork> networks = container
                .getDockerClient()
                .inspectContainerCmd(id())
                .exec()
                .getNetworkSettings()
                .getNetworks();
        return networks.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Optional.ofNullable(entry.getValue().getMacAddress())
                                .orElse("")));
    }

    /** {@code ip -s xfrm state}, the words of the kernel's own tool. */
    StateCounts states() {
        return StateCounts.ofIp(run("ip", "-s", "xfrm", "state").text());
    }

    /** The counters of {@code /proc/net/xfrm_stat} that are not 0. */
    Map<String, Long> statistics() {
        Map<String, Long> counters = new TreeMap<>();
        Matcher lines = STATISTIC.matcher(run("cat", "/proc/net/xfrm_stat").text());
        while (lines.find()) {
            long value = Long.parseLong(lines.group(2));
            if (value != 0) {
                counters.put(lines.group(1), value);
            }
        }
        return counters;
    }

    /** Requests one after the other, each awaited for three seconds: the machine may be an emulated one. */
    PingOutcome ping(PingOptions request) {
        StringBuilder words = new StringBuilder("ping -n -i 0.2 -W 3 -c " + request.count() + " -s " + request.size());
        words.append(request.destination().family() == Family.INET6 ? " -6" : " -4");
        request.source().ifPresent(source -> words.append(" -I ").append(source));
        words.append(request.dontFragment() ? " -M do" : "");
        words.append(request.tos() != 0 ? " -Q " + request.tos() : "");
        words.append(request.mark() != 0 ? " -m " + Integer.toUnsignedString(request.mark()) : "");
        Outcome outcome = run((words + " " + request.destination()).split(" "));
        Matcher summary = PINGED.matcher(outcome.out());
        if (!summary.find()) {
            return new PingOutcome(0, 0, Optional.of(outcome.toString()));
        }
        String complaint = outcome.err().strip();
        return new PingOutcome(
                Integer.parseInt(summary.group(1)),
                Integer.parseInt(summary.group(2)),
                complaint.isEmpty() ? Optional.empty() : Optional.of(complaint));
    }

    /** A file of the container. */
    byte[] read(String path) {
        try {
            return container.copyFileFromContainer(path, stream -> stream.readAllBytes());
        } catch (Exception e) {
            throw new IllegalStateException(name + " has no " + path, e);
        }
    }

    List<String> lines(String... words) {
        return run(words).text().lines().toList();
    }

    @Override
    public void close() {
        container.close();
    }
}

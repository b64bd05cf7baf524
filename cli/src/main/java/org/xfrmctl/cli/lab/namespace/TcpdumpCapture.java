package org.xfrmctl.cli.lab.namespace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.lab.Laboratory;

/**
 * A running tcpdump. It has started when it says "listening on", and it is complete when it has written as many packets
 * as the kernel counted for its socket: an interrupt alone would throw away what lies in the socket's ring.
 *
 * <p>Neighbour discovery, multicast listener reports and ARP are left out: they belong to the link, depend on time, and
 * the userspace lab has none of them.
 */
final class TcpdumpCapture implements Laboratory.Capture {
    private static final String FILTER = "ip or (ip6"
            + " and not (ip6[6] = 58 and ip6[40] >= 133 and ip6[40] <= 137)"
            // Multicast listener reports stand behind a hop-by-hop header of eight bytes (RFC 3810, section 5).
            + " and not (ip6[6] = 0 and ip6[40] = 58 and ip6[48] >= 130 and ip6[48] <= 143))";

    private static final Pattern CAPTURED = Pattern.compile("(\\d+) packets? captured");
    private static final Pattern COUNTED = Pattern.compile("(\\d+) packets? received by filter");
    private static final Pattern DROPPED = Pattern.compile("(\\d+) packets? dropped by kernel");

    private final Command command;
    private final Process process;
    private final BufferedReader messages;
    private final boolean mayDrop;
    private boolean closed;

    private TcpdumpCapture(Command command, Process process, boolean mayDrop) {
        this.mayDrop = mayDrop;
        this.command = command;
        this.process = process;
        this.messages = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    /** Returns once packets are being captured. */
    static TcpdumpCapture start(String namespace, String device, Path pcap) {
        return start(namespace, device, pcap, true, "-s", "0");
    }

    /**
     * Keeps the beginning of each packet, which takes so little room in the socket's ring that none is lost when there are
     * hundreds a second; closing it throws if one was.
     */
    static TcpdumpCapture startHeaders(String namespace, String device, Path pcap) {
        return start(namespace, device, pcap, false, "-s", "96", "-B", "8192");
    }

    private static TcpdumpCapture start(String namespace, String device, Path pcap, boolean mayDrop, String... sizes) {
        // Written to standard output, since tcpdump gives up root before it would open a file.
        List<String> words = new ArrayList<>(List.of("tcpdump", "-i", device, "-n", "-U", "--immediate-mode"));
        words.addAll(List.of(sizes));
        words.addAll(List.of("-w", "-", FILTER));
        Command command = Command.in(namespace, words.toArray(String[]::new));
        TcpdumpCapture capture =
                new TcpdumpCapture(command, command.start(new ProcessBuilder().redirectOutput(pcap.toFile())), mayDrop);
        try {
            capture.readUntil("listening on");
        } catch (CommandFailure e) {
            capture.process.destroyForcibly();
            throw e;
        }
        return capture;
    }

    private List<String> readUntil(String wanted) {
        List<String> lines = new ArrayList<>();
        try {
            for (@Nullable String line = messages.readLine(); line != null; line = messages.readLine()) {
                lines.add(line);
                if (line.contains(wanted)) {
                    return lines;
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(command, e);
        }
        throw new CommandFailure(command, "ended early\n" + String.join("\n", lines));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            while (!isComplete(report("USR1"))) {
                // Asking takes a process, which gives tcpdump its turn even on one CPU.
                Thread.onSpinWait();
            }
            String last = report("INT");
            if (!isComplete(last) || (!mayDrop && count(DROPPED, last) > 0)) {
                throw new CommandFailure(command, "lost packets\n" + last);
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new CommandFailure(command, "exit status " + status + "\n" + last);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(command, e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** SIGUSR1 makes tcpdump say its counts and go on, SIGINT makes it say them and end. */
    private String report(String signal) {
        Command.of("sh", "-c", "kill -" + signal + " " + process.pid()).run();
        return String.join("\n", readUntil("dropped by kernel"));
    }

    private static boolean isComplete(String report) {
        return count(CAPTURED, report) + count(DROPPED, report) >= count(COUNTED, report);
    }

    private static long count(Pattern pattern, String report) {
        Matcher matcher = pattern.matcher(report);
        if (!matcher.find()) {
            throw new IllegalStateException("tcpdump's counts are missing in: " + report);
        }
        return Long.parseLong(matcher.group(1));
    }
}

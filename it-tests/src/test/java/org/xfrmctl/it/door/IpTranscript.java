package org.xfrmctl.it.door;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.xfrmctl.it.scenario.RecordFile;

/**
 * What {@code ip} says to each line of the script, and what two monitors print meanwhile.
 *
 * @param answers one for each command, without times
 * @param events of {@code ip xfrm monitor}
 * @param details of {@code ip -s xfrm monitor}
 * @param sockets what a program sees that looks closer than {@code ip} does
 */
record IpTranscript(List<String> answers, List<String> events, List<String> details, String sockets) {
    static final IpTranscript NONE = new IpTranscript(List.of(), List.of(), List.of(), "");

    IpTranscript {
        answers = List.copyOf(answers);
        events = List.copyOf(events);
        details = List.copyOf(details);
    }

    /** In the guest, whose own kernel is asked: the file to write, and the program {@code ip}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RecordFile.write(Path.of(arguments[0]), of(new IpSession(arguments[1], Map.of())));
    }

    /** The commands, one a line. */
    static List<String> commands() throws IOException {
        try (InputStream script =
                Objects.requireNonNull(IpTranscript.class.getResourceAsStream("/door/ip-xfrm.txt"), "the script")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    static IpTranscript of(IpSession session) throws IOException, InterruptedException {
        try (IpMonitor monitor = IpMonitor.start(session, "");
                IpMonitor detailed = IpMonitor.start(session, "-s ")) {
            IpMonitor.begin(session);
            List<String> answers = new ArrayList<>();
            for (String command : commands()) {
                answers.add(session.run(command).withoutTimes());
            }
            IpMonitor.end(session);
            IpSession.Said sockets = session.run(List.of("python3", script("/door/sockets.py")));
            return new IpTranscript(
                    answers, withoutTimes(monitor.printed()), withoutTimes(detailed.printed()), sockets.withoutTimes());
        }
    }

    private static String script(String resource) {
        try {
            return Path.of(Objects.requireNonNull(IpTranscript.class.getResource(resource), resource)
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> withoutTimes(List<String> lines) {
        return lines.stream().map(IpSession::withoutTimes).toList();
    }
}

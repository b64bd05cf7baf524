package org.xfrmctl.it.ike;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A host in the guest: a network namespace, and in it an IKE daemon that finds its packages where they belong, with an /etc,
 * /var and /run of its own.
 */
final class IkeHost implements AutoCloseable {
    /** Of a daemon that answers at all; each question takes a moment. */
    private static final int QUESTIONS = 600;

    private static final String PLACES = """
            set -e
            packages=$1 conf=$2 host=$3 own=$4
            for place in usr etc var; do
                [ -d "$packages/$place" ] || continue
                mkdir -p "$own/$place/upper" "$own/$place/work"
                mount -t overlay overlay /$place -o \\
                    "lowerdir=$packages/$place:/$place,upperdir=$own/$place/upper,workdir=$own/$place/work"
            done
            mount -t tmpfs tmpfs /run
            mkdir -p /run/tmp /run/lock
            """;

    private final String name;
    private final Process daemon;

    private IkeHost(String name, Process daemon) {
        this.name = name;
        this.daemon = daemon;
    }

    /** Starts it and waits until it answers. */
    static IkeHost start(String name, IkeSetting setting) throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(name);
        Path log = setting.results().resolve(name + ".log");
        Process daemon = new ProcessBuilder(
                        "nsenter",
                        "--net=/run/netns/" + name,
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "sh",
                        "-c",
                        PLACES + setting.daemon().start(),
                        "sh",
                        setting.packages().toString(),
                        setting.configuration().toString(),
                        name,
                        own.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        IkeHost host = new IkeHost(name, daemon);
        for (int i = 0; i < QUESTIONS && daemon.isAlive(); i++) {
            if (host.ask(setting.daemon().question()).status() == 0) {
                return host;
            }
        }
        host.close();
        throw new IOException(name + " does not answer; its log: " + Files.readString(log));
    }

    /** What a command ended with and printed. */
    record Answer(int status, String text) {}

    /** Runs a command, whose words hold no blanks, beside the daemon. */
    Answer ask(String words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("nsenter", "--target", Long.toString(daemon.pid()), "--mount", "--net"));
        command.addAll(List.of(words.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    /** As {@link #ask}, of a command that must end well. */
    String tell(String words) throws IOException, InterruptedException {
        Answer answer = ask(words);
        if (answer.status() != 0) {
            throw new IOException(name + ": " + words + ": " + answer.text());
        }
        return answer.text();
    }

    /** The daemon dies without a word to the kernel or its peers. */
    @Override
    public void close() {
        daemon.destroyForcibly().onExit().join();
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A checkout, at a path with a space, that needs no build, and a Java for its launcher which makes empty archives. */
final class LauncherBench {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> SOURCES =
            List.of("preload", "model", "netlink", "datapath", "manager", "cli", "launch");

    /** What it was started for stands in the file "calls"; the FIFOs are there if a test wants to hold it. */
    private static final String JAVA = """
            #!/bin/bash
            here=${BASH_SOURCE[0]%/*}/..
            for word; do
                case $word in
                    -Xshare:dump) dump=yes ;;
                    -XX:SharedArchiveFile=*) archive=${word#*=} ;;
                    -jar) run=yes; break ;;
                esac
                shift
            done
            if [[ ${run:-} ]]; then
                # Nothing that it was made with: the file is all that counts.
                [[ -z ${archive:-} || -f $archive ]] || exit 9
                echo "${archive:+made with}${archive:-ran without} an archive" | sed 's/made with.* an/made with an/'
                shift 2
                [[ $* == --version ]] || printf '<%s>\\n' "$@"
            elif [[ ${dump:-} ]]; then
                echo dump >>"$here/calls"
                [[ ! -e $here/fail ]] || exit "$(<"$here/fail")"
                : >"$archive"
            elif [[ -p $here/begun ]]; then
                trap 'rm "$here/begun" "$here/go"' EXIT
                # As a JVM does: it does not die of a signal, but ends.
                trap 'exit 129' HUP
                trap 'exit 130' INT
                trap 'exit 143' TERM
                exec 7<>"$here/go"
                echo >"$here/begun"
                read -r <&7
            fi
            """;

    private final Path directory;
    private final Path checkout;
    private final Path jdk;

    LauncherBench(Path directory) throws IOException {
        this.directory = directory;
        this.checkout = directory("check out");
        this.jdk = directory("jdk");
        directory("scratch");
        for (String name : SOURCES) {
            directory("check out", name, "src", "main");
            old(Files.createFile(checkout.resolve(name).resolve("pom.xml")));
        }
        old(Files.createFile(checkout.resolve("pom.xml")));
        directory("check out", "cli", "target");
        Files.createFile(jar());
        Files.copy(ROOT.resolve("xfrmctl"), launcher());
        Files.copy(ROOT.resolve("launch/archive"), checkout.resolve("launch/archive"));
        directory("jdk", "bin");
        directory("jdk", "lib");
        Files.createFile(modules());
        Files.writeString(java(), JAVA);
        Files.setPosixFilePermissions(java(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void old(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    }

    /** Made with mode 755, whatever the umask. */
    Path directory(String... names) throws IOException {
        Path at = directory;
        for (String name : names) {
            at = at.resolve(name);
            if (!Files.exists(at)) {
                Files.setPosixFilePermissions(Files.createDirectory(at), PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return at;
    }

    Path launcher() {
        return checkout.resolve("xfrmctl");
    }

    Path jar() {
        return checkout.resolve("cli/target/xfrmctl.jar");
    }

    Path java() {
        return jdk.resolve("bin/java");
    }

    Path modules() {
        return jdk.resolve("lib/modules");
    }

    List<Path> archives(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    /** What is left where temporary files go. */
    Set<Path> scratch() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("scratch"))) {
            return files.collect(Collectors.toSet());
        }
    }

    /** How many archives were begun. */
    long dumps() throws IOException {
        Path calls = jdk.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    void letDumpsEndWith(int status) throws IOException {
        Files.writeString(jdk.resolve("fail"), Integer.toString(status));
    }

    void letDumpsSucceed() throws IOException {
        Files.delete(jdk.resolve("fail"));
    }

    /** Everything that the launcher printed, with this {@code XFRMCTL_ARCHIVE}. */
    String run(String archive, String... words) throws IOException, InterruptedException {
        return start(launcher(), archive, words);
    }

    /** As {@link #run} behind the Tab key. */
    String runAsIs(String archive, String... words) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString(), "XFRMCTL_AS_IS", "1");
        return ended(process(environment, archive, command(launcher(), words)));
    }

    String start(Path launcher, String archive, String... words) throws IOException, InterruptedException {
        return ended(process(Map.of("JAVA_HOME", jdk.toString()), archive, command(launcher, words)));
    }

    String runByPath(String archive, String... words) throws IOException, InterruptedException {
        String path = jdk.resolve("bin") + ":" + System.getenv("PATH");
        return ended(process(Map.of("PATH", path, "JAVA_HOME", ""), archive, command(launcher(), words)));
    }

    /** As {@link #run} where the disk is full. */
    String runWithoutRoom(String archive, String... words) throws IOException, InterruptedException {
        Path stat = directory("bin").resolve("stat");
        Files.writeString(stat, "#!/bin/sh\n[ \"$1\" != -f ] || exec echo 0 4096\nPATH=${PATH#*:} exec stat \"$@\"\n");
        Files.setPosixFilePermissions(stat, PosixFilePermissions.fromString("rwxr-xr-x"));
        String path = stat.resolveSibling("") + ":" + System.getenv("PATH");
        return ended(process(Map.of("PATH", path, "JAVA_HOME", jdk.toString()), archive, command(launcher(), words)));
    }

    /** Runs a line of bash that knows {@code launch/archive}, with Java, the jar and the arguments as $1 and so on. */
    String source(String line, Path... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                "set -euo pipefail; source \"$0\"; " + line,
                checkout.resolve("launch/archive").toString(),
                java().toString(),
                jar().toString()));
        Stream.of(arguments).map(Path::toString).forEach(command::add);
        return ended(process(Map.of(), "", command));
    }

    /**
     * Starts it, as leader of a process group, and returns when it has begun to make an archive, with which it waits for
     * {@link #release()}.
     */
    Process beginAndHold(String archive) throws IOException, InterruptedException {
        Path begun = jdk.resolve("begun");
        Path go = jdk.resolve("go");
        assertThat(new ProcessBuilder("mkfifo", begun.toString(), go.toString())
                        .start()
                        .waitFor())
                .isZero();
        // Who runs the tests in the background has SIGINT ignored, and so would have the child.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM", "setsid"));
        command.addAll(command(launcher(), "--version"));
        Process process = process(Map.of("JAVA_HOME", jdk.toString()), archive, command);
        // Opening a FIFO waits for the other side.
        assertThat(Files.readString(begun)).isEqualTo("\n");
        return process;
    }

    void release() throws IOException {
        Files.writeString(jdk.resolve("go"), "\n");
    }

    /** Sends a signal to the launcher, and to all that it has started if it is of the terminal. */
    static void signal(Process launcher, String name, boolean all) throws IOException, InterruptedException {
        String target = (all ? "-" : "") + launcher.pid();
        assertThat(new ProcessBuilder("kill", "-s", name, "--", target).start().waitFor())
                .isZero();
    }

    static String ended(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static List<String> command(Path launcher, String... words) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        return command;
    }

    private Process process(Map<String, String> environment, String archive, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("XFRMCTL_ARCHIVE", archive);
        builder.environment().put("TMPDIR", directory.resolve("scratch").toString());
        return builder.start();
    }
}

package org.xfrmctl.it.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.guest.UserModeLinux;

/** A fresh Debian with systemd and a Java, which boots as often as is wanted; its script does what an administrator does. */
record DebianHost(UserModeLinux kernel, Path root) {
    /** The script, its unit, and the network, as they lie in the host. */
    private static final Path OWN = Path.of("src", "test", "resources", "pack", "root");

    /** What else a fresh Debian begins with, and a host without a terminal or the time for it waits for. */
    private static final List<String> ARGUMENTS = Stream.concat(
                    Stream.of("systemd.wants=proof.service"),
                    Stream.of(
                                    "getty@tty1.service",
                                    "serial-getty@tty0.service",
                                    "apt-daily.timer",
                                    "apt-daily-upgrade.timer",
                                    "dpkg-db-backup.timer",
                                    "e2scrub_reap.service")
                            .map("systemd.mask="::concat))
            .toList();

    /** A copy of the tree that it-tests/debian/fetch made, in this directory, with packages named by how they are to be called. */
    static DebianHost copy(UserModeLinux kernel, Path tree, Path root, Map<String, Path> packages) throws IOException {
        Programs.output(List.of("cp", "-a", tree.toRealPath().toString(), root.toString()));
        Programs.output(List.of("mkdir", "-p", root.resolve("usr/lib/modules").toString()));
        Programs.output(List.of(
                "cp",
                "-a",
                kernel.modules() + "/.",
                root.resolve("usr/lib/modules").toString()));
        Programs.output(List.of("cp", "-r", "--no-preserve=ownership", OWN.toAbsolutePath() + "/.", root.toString()));
        for (Map.Entry<String, Path> each : packages.entrySet()) {
            Files.copy(each.getValue(), root.resolve("proof").resolve(each.getKey()));
        }
        return new DebianHost(kernel, root);
    }

    /** Boots it and lets the script do its part of this number. */
    void boot(int number, Duration limit) throws IOException, InterruptedException {
        Files.writeString(root.resolve("proof/boot"), Integer.toString(number));
        kernel.bootHost(root, ARGUMENTS, root.resolve("proof/console-" + number), limit);
    }

    /** Takes what the script left out of the host, into a directory that is not there yet, and removes the host. */
    void end(Path results) throws IOException {
        Files.move(root.resolve("proof"), results);
        remove();
    }

    /** Not by Java, to whom a host's links to its own /etc look as if they led out of it. */
    void remove() {
        Programs.output(List.of("rm", "-rf", root.toString()));
    }
}

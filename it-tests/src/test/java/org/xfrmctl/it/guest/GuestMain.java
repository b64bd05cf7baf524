package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs a command in User Mode Linux as root and prints what it printed: {@code ./dev guest}. Not for tests. */
final class GuestMain {
    /** Only a guest that hangs reaches it. */
    private static final Duration LIMIT = Duration.ofHours(1);

    private GuestMain() {}

    public static void main(String[] command) throws IOException, InterruptedException {
        UserModeLinux kernel = UserModeLinux.installed()
                .orElseThrow(() ->
                        new IllegalStateException("no User Mode Linux here; on Debian: " + UserModeLinux.INSTALL));
        Path results = Files.createTempDirectory("xfrmctl-guest-results");
        int status;
        try {
            GuestRun run = kernel.run(List.of(command), results, LIMIT);
            System.err.print(run.console());
            System.out.print(run.stdout());
            System.out.flush();
            status = run.exitStatus();
        } finally {
            GuestKernel.deleteTree(results);
        }
        System.exit(status);
    }
}

package org.xfrmctl.it.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.RealKernel;

/**
 * Runs a main class of the test class path on this machine's kernel, in a network namespace of its own: as root, or as
 * one in a user namespace of its own.
 */
public final class OwnNamespace {
    private OwnNamespace() {}

    /** Ends the calling test, skipped or failed, if no namespace can be made here. */
    public static void run(Class<?> main, List<String> arguments, Path scratch)
            throws IOException, InterruptedException {
        List<String> prefix = prefix();
        RealKernel.requireOrSkip(succeeds(prefix, List.of("true")), "util-linux, and be root or allow user namespaces");
        Process process = start(prefix, GuestJava.command(main, arguments, scratch));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(main.getSimpleName() + " failed: " + output);
        }
    }

    private static List<String> prefix() {
        boolean root = "root".equals(System.getProperty("user.name"));
        return root ? List.of("unshare", "--net") : List.of("unshare", "--map-root-user", "--net");
    }

    private static boolean succeeds(List<String> prefix, List<String> command) throws InterruptedException {
        try {
            return start(prefix, command).waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Process start(List<String> prefix, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return new ProcessBuilder(all).redirectErrorStream(true).start();
    }
}

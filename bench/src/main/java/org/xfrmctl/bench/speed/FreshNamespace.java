package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network namespace that is made for one command and gone when it ends.
 *
 * @param unshare makes it, and runs the words that follow in it
 */
record FreshNamespace(List<String> unshare) {
    /** What to do if there is no way. */
    static final String NEEDED = "neither \"unshare -n\" nor \"unshare -rn\" works here: be root, or let users make"
            + " namespaces (sysctl user.max_user_namespaces), and install util-linux";

    /** The administrator's way, else that of a user, who becomes administrator of a user namespace of his own. */
    static Optional<FreshNamespace> find() throws IOException, InterruptedException {
        for (String flags : List.of("-n", "-rn")) {
            FreshNamespace namespace = new FreshNamespace(List.of("unshare", flags));
            if (namespace.works()) {
                return Optional.of(namespace);
            }
        }
        return Optional.empty();
    }

    private boolean works() throws InterruptedException {
        try {
            return start(List.of("true"), Redirect.DISCARD).waitFor() == 0;
        } catch (IOException e) {
            // No unshare(1) at all.
            return false;
        }
    }

    /** Runs a command that writes where this process writes, and returns its exit status. */
    int run(List<String> command) throws IOException, InterruptedException {
        return start(command, Redirect.INHERIT).waitFor();
    }

    private Process start(List<String> command, Redirect output) throws IOException {
        List<String> words = new ArrayList<>(unshare);
        words.addAll(command);
        return new ProcessBuilder(words)
                .redirectOutput(output)
                .redirectError(output)
                .start();
    }
}

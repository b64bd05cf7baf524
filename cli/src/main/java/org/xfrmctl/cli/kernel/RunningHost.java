package org.xfrmctl.cli.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The host and the network namespace that this process runs in. */
final class RunningHost implements HostFiles {
    @Override
    public Optional<String> proc(String file) {
        try {
            return Optional.of(Files.readString(Path.of("/proc").resolve(file)));
        } catch (IOException e) {
            return Optional.empty(); // This kernel does not have it, or it is not for this user.
        }
    }

    @Override
    public Optional<String> firewall() {
        try {
            Process nft = new ProcessBuilder("nft", "-j", "list", "ruleset")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            nft.getOutputStream().close();
            String rules = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return nft.waitFor() == 0 ? Optional.of(rules) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // No nft.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

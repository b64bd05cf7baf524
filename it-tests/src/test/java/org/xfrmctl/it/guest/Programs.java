package org.xfrmctl.it.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine. */
public final class Programs {
    /** Debian keeps virtiofsd here. */
    private static final String BESIDE_PATH = ":/usr/lib/qemu";

    private Programs() {}

    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin") + BESIDE_PATH;
        return Stream.of(path.split(":"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

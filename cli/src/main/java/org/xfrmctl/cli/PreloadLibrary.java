package org.xfrmctl.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The library that takes other programs to a userspace kernel. It lies beside the jar, if it was built. */
final class PreloadLibrary {
    private static final String NAME = "xfrmctl-preload.so";

    private PreloadLibrary() {}

    static Optional<Path> find() {
        return Optional.ofNullable(PreloadLibrary.class.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(location -> {
                    try {
                        return Path.of(location.toURI()).resolveSibling(NAME);
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .filter(Files::isRegularFile);
    }
}

package org.xfrmctl.it.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.xfrmctl.it.guest.Programs;

/** The package that this build has made, and one that differs in its version alone. */
final class BuiltPackage {
    /** Later than any that is built from these sources. */
    static final String NEXT = "99.0";

    private static final Path BUILT =
            Path.of("..", "package", "target").toAbsolutePath().normalize();

    private BuiltPackage() {}

    static Path path() throws IOException {
        assertThat(BUILT).isDirectory();
        try (Stream<Path> files = Files.list(BUILT)) {
            List<Path> packages =
                    files.filter(file -> file.toString().endsWith("_all.deb")).toList();
            assertThat(packages)
                    .as("packages in " + BUILT + "; \"mvn package\" makes one")
                    .hasSize(1);
            return packages.get(0);
        }
    }

    /** Takes the package apart in a directory that is not there yet, and puts it together anew. */
    static Path nextVersion(Path built, Path directory) throws IOException {
        Programs.output(List.of("dpkg-deb", "--raw-extract", built.toString(), directory.toString()));
        Path control = directory.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceFirst("(?m)^Version: .*$", "Version: " + NEXT));
        Path next = directory.resolveSibling("next.deb");
        Programs.output(
                List.of("dpkg-deb", "--root-owner-group", "-Zgzip", "--build", directory.toString(), next.toString()));
        return next;
    }
}

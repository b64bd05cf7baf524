package org.xfrmctl.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactComparisonTest {
    private static final FileTime THEN = FileTime.fromMillis(1_790_000_000_000L);

    @TempDir
    Path first;

    @TempDir
    Path second;

    @Test
    void equalBytesAreNoDifference() throws IOException {
        for (Path root : List.of(first, second)) {
            jar(root, "model/target/model-1.jar", "a.txt", "one", THEN);
            write(root, "model/target/.flattened-pom.xml", "<project/>");
        }
        write(first, "model/target/build.log", "of no concern");
        write(first, "model/src/data.jar", "nor this");
        List<String> differences = new ArrayList<>();
        assertThat(ArtifactComparison.compare(first, second, differences)).isEqualTo(2);
        assertThat(differences).isEmpty();
    }

    @Test
    void namesTheFirstDifferenceInsideAJar() throws IOException {
        jar(first, "cli/target/xfrmctl.jar", "META-INF/NOTICE", "Copyright 2026", THEN);
        jar(second, "cli/target/xfrmctl.jar", "META-INF/NOTICE", "Copyright 2027", THEN);
        assertThat(differences())
                .containsExactly("cli/target/xfrmctl.jar: entry META-INF/NOTICE from byte 13: \"Copyright 2026\", and "
                        + "\"Copyright 2027\"");
    }

    @Test
    void namesAnotherEntryAndAnotherTime() throws IOException {
        jar(first, "a/target/a.jar", "b", "1", THEN);
        jar(second, "a/target/a.jar", "c", "1", THEN);
        jar(first, "b/target/b.jar", "b", "1", THEN);
        jar(second, "b/target/b.jar", "b", "1", FileTime.fromMillis(THEN.toMillis() + 60_000));
        assertThat(differences())
                .containsExactly(
                        "a/target/a.jar: entry b, and in its place c",
                        "b/target/b.jar: entry b of 2026-09-21T14:13:20Z, and 2026-09-21T14:14:20Z");
    }

    @Test
    void namesWhatOnlyOneBuildHas() throws IOException {
        write(first, "cli/target/xfrmctl.deb", "one");
        write(second, "cli/target/xfrmctl.deb", "other");
        write(second, "cli/target/xfrmctl.cdx.json", "{}");
        assertThat(differences())
                .containsExactly(
                        "cli/target/xfrmctl.cdx.json: only in the second build", "cli/target/xfrmctl.deb: from byte 1");
    }

    private List<String> differences() throws IOException {
        List<String> differences = new ArrayList<>();
        ArtifactComparison.compare(first, second, differences);
        return differences;
    }

    private static void write(Path root, String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }

    private static void jar(Path root, String name, String entry, String text, FileTime time) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(root.resolve(name)))) {
            jar.putNextEntry(new ZipEntry(entry).setLastModifiedTime(time));
            jar.write(text.getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
    }
}

package org.xfrmctl.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.xfrmctl.it.release.Sbom.Component;

/** The SBOM in the jar that people get says what is in that jar: no more, no less, and from which files. */
class BuiltSbomIT {
    private static final Path OWN = Built.ROOT.resolve(Path.of("cli", "target"));

    private final Sbom sbom = Built.sbom();
    private final Map<String, String> jar = Built.entries(Built.JAR);

    BuiltSbomIT() throws IOException {}

    @Test
    void everyComponentIsInTheJar() throws IOException {
        for (Component each : sbom.components()) {
            Map<String, String> whole = code(Built.entries(Built.source(each)));
            assertThat(whole.entrySet()).as(each.file()).isNotEmpty().anyMatch(jar.entrySet()::contains);
        }
    }

    @Test
    void nothingInTheJarLacksAComponent() throws IOException {
        Map<String, Set<String>> known = new HashMap<>();
        for (Component each : sbom.components()) {
            collect(Built.source(each), known);
        }
        collect(OWN.resolve(sbom.subject().file()), known);
        code(jar)
                .forEach((name, digest) ->
                        assertThat(known.getOrDefault(name, Set.of())).as(name).contains(digest));
    }

    @Test
    void digestsAreThoseOfTheFiles() {
        assertThat(sbom.libraries())
                .isNotEmpty()
                .allSatisfy(
                        each -> assertThat(each.sha256()).as(each.file()).contains(Built.sha256(Built.source(each))));
        sbom.components().stream()
                .filter(Component::isOurs)
                .forEach(each -> assertThat(each.sha256()).as(each.file()).contains(Built.sha256(Built.source(each))));
    }

    @Test
    void everyLibraryHasALicence() {
        assertThat(sbom.components())
                .allSatisfy(each -> assertThat(each.licenses()).as(each.id()).isNotEmpty());
    }

    @Test
    void nothingInItVariesFromBuildToBuild() throws IOException {
        try (JarFile file = new JarFile(Built.JAR.toFile())) {
            String text =
                    new String(file.getInputStream(file.getEntry(Sbom.ENTRY)).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).doesNotContain("\"timestamp\"").doesNotContain(System.getProperty("user.dir"));
            assertThat(file.getManifest().getMainAttributes().getValue("Sbom-Location"))
                    .isEqualTo(Sbom.ENTRY);
        }
    }

    /** Classes and native libraries: what can run. What describes a jar alone is not taken over. */
    private static Map<String, String> code(Map<String, String> entries) {
        Map<String, String> code = new HashMap<>(entries);
        code.keySet()
                .removeIf(name -> name.endsWith("module-info.class")
                        || List.of(".class", ".so", ".dll", ".jnilib", ".a", ".dylib").stream()
                                .noneMatch(name::endsWith));
        return code;
    }

    private static void collect(Path from, Map<String, Set<String>> known) throws IOException {
        Built.entries(from)
                .forEach((name, digest) ->
                        known.computeIfAbsent(name, any -> new HashSet<>()).add(digest));
    }
}

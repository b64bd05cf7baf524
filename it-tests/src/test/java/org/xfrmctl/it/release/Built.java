package org.xfrmctl.it.release;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.xfrmctl.it.release.Sbom.Component;

/** What {@code mvn package} has made, seen from the tests of this module. */
final class Built {
    static final Path ROOT = Path.of("..");
    static final Path JAR = ROOT.resolve(Path.of("cli", "target", "xfrmctl.jar"));

    private Built() {}

    /** The SBOM within the jar. */
    static Sbom sbom() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return Sbom.parse(
                    new String(jar.getInputStream(jar.getEntry(Sbom.ENTRY)).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The jar that a component was taken from: one of this build's modules, or on the tests' class path. */
    static Path source(Component component) {
        if (component.isOurs()) {
            Path module = ROOT.resolve(component.name().replace("xfrmctl-", ""));
            return module.resolve("target").resolve(component.file());
        }
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.endsWith(component.file()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(component.file() + " is not on the class path"));
    }

    /** The entries of a jar, directories left out, with a digest of each. */
    static Map<String, String> entries(Path jar) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry each : Collections.list(file.entries())) {
                if (!each.isDirectory()) {
                    entries.put(each.getName(), sha256(file.getInputStream(each).readAllBytes()));
                }
            }
        }
        return entries;
    }

    static String sha256(Path file) {
        try {
            return sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The modules that are published as libraries. */
    static List<String> libraries() {
        return List.of("xfrmctl-model", "xfrmctl-netlink", "xfrmctl-datapath");
    }
}

package org.xfrmctl.it.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.it.guest.RealKernel;

/**
 * The images of the tests on one engine: the shipped one, built by the Dockerfile of the jar of this checkout, and those that
 * {@code it-tests/docker/fetch} made in the place of what a registry has.
 *
 * <p>A built image is kept in the cache, by what it was built of, for an emulated machine builds for a minute and more.
 */
final class DockerImages {
    static final String SHIPPED = "xfrmctl-it";
    static final String TOOLS = "xfrmctl-it-tools";
    private static final String JDK = "xfrmctl-it-jdk";
    private static final String BASE = "xfrmctl-it-base";

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> BUILT_OF =
            List.of("Dockerfile", ".dockerignore", "launch/image", "cli/target/xfrmctl.jar");

    /** What is in the cache of images that were built, with that of the last few checkouts. */
    private static final int KEPT = 3;

    private final DockerClient client;
    private final Set<String> brought = new LinkedHashSet<>();

    DockerImages(DockerClient client) {
        this.client = client;
    }

    static boolean areFetched() {
        return Files.isDirectory(roots());
    }

    private static Path roots() {
        return RealKernel.cache().resolve("docker-images");
    }

    /** Brings the image that looks. */
    void bringTools() throws IOException, InterruptedException {
        bring(TOOLS, "tools.tar");
    }

    private void bring(String image, String file) throws IOException, InterruptedException {
        if (brought.add(image)) {
            String path = "ENV PATH=/opt/java/openjdk/bin:/usr/sbin:/usr/bin:/sbin:/bin";
            client.output("import", "--change", path, roots().resolve(file).toString(), image);
        }
    }

    /** Brings all that tests need. */
    void build() throws IOException, InterruptedException {
        bringTools();
        brought.add(SHIPPED);
        Path kept = RealKernel.cache().resolve("docker-built").resolve(key() + ".tar");
        if (Files.exists(kept)) {
            DockerEngine.say("loading the image from " + kept);
            client.output("load", "--input", kept.toString());
            return;
        }
        DockerEngine.say("building the image from the Dockerfile (some minutes on an emulated machine)");
        bring(BASE, "base.tar");
        bring(JDK, "jdk.tar");
        client.output(
                "build",
                "--tag=" + SHIPPED,
                "--build-arg=JAR=checkout",
                "--build-arg=JDK_IMAGE=" + JDK,
                "--build-arg=BASE_IMAGE=" + BASE,
                "--build-arg=VERSION=test",
                CHECKOUT.toString());
        keep(kept);
    }

    private void keep(Path kept) throws IOException, InterruptedException {
        Files.createDirectories(kept.getParent());
        Path half = Files.createTempFile(kept.getParent(), "saving", "");
        try {
            client.output("save", "--output", half.toString(), SHIPPED);
            Files.move(half, kept, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            // Not there any more unless that failed.
            Files.deleteIfExists(half);
        }
        List<Path> newest = new ArrayList<>();
        try (Stream<Path> files = Files.list(kept.getParent())) {
            files.filter(file -> file.toString().endsWith(".tar")).forEach(newest::add);
        }
        newest.sort((a, b) -> Long.compare(modified(b), modified(a)));
        for (Path old : newest.subList(Math.min(KEPT, newest.size()), newest.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }

    /** Names an image by all that goes into it. */
    private static String key() throws IOException {
        MessageDigest digest = sha256();
        for (String file : BUILT_OF) {
            digest.update(Files.readAllBytes(CHECKOUT.resolve(file)));
        }
        // The link points to a name that tells the contents.
        digest.update(roots().toRealPath().getFileName().toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** Takes the images away from the engine. */
    void remove() throws IOException, InterruptedException {
        for (String image : brought) {
            client.output("image", "rm", "--force", image);
        }
    }
}

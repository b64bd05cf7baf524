package org.xfrmctl.it.docker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.xfrmctl.it.guest.QemuLinux;
import org.xfrmctl.it.guest.RealKernel;

/**
 * A Docker engine whose kernel has ESP and IPComp, with the images that the tests need: the engine of the environment ({@code
 * DOCKER_HOST}) if its kernel has both, otherwise one in a guest that is started for this run. It says which on standard error.
 *
 * <p>Tests get it as a parameter, by {@link OnDocker}: there is one for all of a run, and it ends with the run.
 */
public final class DockerEngine implements AutoCloseable {
    /** What a test needs that is not there. */
    static final String INSTALL = "apt-get install mmdebstrap qemu-system-x86 kmod util-linux;"
            + " it-tests/kernel/fetch; it-tests/docker/fetch";

    private final URI host;
    private final DockerClient client;
    private final DockerImages images;
    private final Optional<DockerGuest> guest;

    private DockerEngine(URI host, DockerClient client, DockerImages images, Optional<DockerGuest> guest) {
        this.host = host;
        this.client = client;
        this.images = images;
        this.guest = guest;
    }

    /** The engine of the environment or one in a guest; without either the calling test ends here, skipped or failed. */
    static DockerEngine start() throws IOException, InterruptedException {
        Optional<Path> program = DockerClient.installed();
        Optional<QemuLinux> kernel = QemuLinux.installed();
        RealKernel.requireOrSkip(program.isPresent() && DockerImages.areFetched(), INSTALL);
        Optional<DockerEngine> given = ofEnvironment(program.orElseThrow());
        if (given.isPresent()) {
            return given.get();
        }
        RealKernel.requireOrSkip(kernel.isPresent(), INSTALL);
        return inGuest(program.orElseThrow(), kernel.orElseThrow());
    }

    private static Optional<DockerEngine> ofEnvironment(Path program) throws IOException, InterruptedException {
        String given = System.getenv("DOCKER_HOST");
        if (given == null || given.isEmpty()) {
            say("DOCKER_HOST is not set");
            return Optional.empty();
        }
        DockerClient client = DockerClient.ofEnvironment(program, URI.create(given));
        DockerImages images = new DockerImages(client);
        Optional<String> lack = EngineKernel.lack(client, images);
        if (lack.isPresent()) {
            images.remove();
            say("the engine at DOCKER_HOST, " + given + ", cannot be used: " + lack.get());
            return Optional.empty();
        }
        say("using the engine at DOCKER_HOST, " + given + ": its kernel has ESP and IPComp");
        images.build();
        return Optional.of(new DockerEngine(URI.create(given), client, images, Optional.empty()));
    }

    private static DockerEngine inGuest(Path program, QemuLinux kernel) throws IOException, InterruptedException {
        say("starting an engine in a guest of QEMU (a minute or two; it is gone when the tests have ended)");
        Path results = Files.createDirectories(Path.of("target", "docker")).toAbsolutePath();
        DockerGuest guest = DockerGuest.start(kernel, results);
        say("it answers at " + guest.host() + "; its console is " + results.resolve("guest-console.txt"));
        try {
            Path config = Files.createDirectories(results.resolve("client"));
            DockerClient client = DockerClient.ofGuest(program, guest.host(), config);
            DockerImages images = new DockerImages(client);
            images.build();
            return new DockerEngine(guest.host(), client, images, Optional.of(guest));
        } catch (IOException | InterruptedException | RuntimeException e) {
            guest.close();
            throw e;
        }
    }

    static void say(String what) {
        System.err.println("docker: " + what);
    }

    /** Where it answers, as {@code DOCKER_HOST} names it. */
    public URI host() {
        return host;
    }

    /** The shipped image. */
    public String image() {
        return DockerImages.SHIPPED;
    }

    /** An image with ip, ping, tracepath, tcpdump, nft, sh: to look at a container from beside it. */
    public String tools() {
        return DockerImages.TOOLS;
    }

    /** Its command line program. */
    public DockerClient client() {
        return client;
    }

    /** Removes from an engine of the environment what was brought there, and powers a guest off. */
    @Override
    public void close() throws IOException {
        if (guest.isPresent()) {
            say("powering the guest off");
            guest.get().close();
            return;
        }
        try {
            images.remove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

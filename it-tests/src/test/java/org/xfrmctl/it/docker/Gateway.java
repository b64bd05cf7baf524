package org.xfrmctl.it.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HealthCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/**
 * The shipped image as it is, in the network namespace of a host, with {@code watch} as its program: it is asked for all else,
 * as in production.
 */
final class Gateway implements AutoCloseable {
    static final String DEFINITIONS = "/etc/xfrmctl.d/";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int OWNER_ONLY = 0600;

    private final GenericContainer<?> container;
    private final List<String> program;

    private Gateway(GenericContainer<?> container, List<String> program) {
        this.container = container;
        this.program = program;
    }

    /** Starts one with these files in /etc/xfrmctl.d, and returns when it watches. */
    static Gateway start(
            GenericContainer<?> container, ContainerHost host, Map<String, Path> files, List<String> options) {
        List<String> words = new ArrayList<>(List.of("watch"));
        words.addAll(options);
        prepare(container, host, files)
                .withCommand(words.toArray(String[]::new))
                .waitingFor(Wait.forLogMessage("watching\\n", 1).withStartupTimeout(PATIENCE))
                .start();
        DockerClient client = container.getDockerClient();
        String[] entrypoint = Optional.ofNullable(client.inspectImageCmd(container.getDockerImageName())
                        .exec()
                        .getConfig())
                .flatMap(config -> Optional.ofNullable(config.getEntrypoint()))
                .orElseThrow(() -> new AssertionError(container.getDockerImageName() + " has no entry point"));
        return new Gateway(container, List.of(entrypoint));
    }

    /** Has another container of the image do one thing in the same network namespace, as an init container does. */
    static void once(GenericContainer<?> container, ContainerHost host, Map<String, Path> files, String command) {
        prepare(container, host, files)
                .withCommand(command)
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PATIENCE))
                .start();
    }

    /**
     * The kernel wants root with CAP_NET_ADMIN; and a JVM each minute in each container, to ask whether it is healthy, is much
     * for an emulated machine. Nothing else of the image is changed.
     */
    private static GenericContainer<?> prepare(
            GenericContainer<?> container, ContainerHost host, Map<String, Path> files) {
        files.forEach((name, file) -> container.withCopyToContainer(content(file), DEFINITIONS + name));
        return container
                .withPrivilegedMode(true)
                .withNetworkMode("container:" + host.id())
                .withCreateContainerCmdModifier(
                        create -> create.withUser("0").withHealthcheck(new HealthCheck().withTest(List.of("NONE"))));
    }

    private static Transferable content(Path file) {
        try {
            return Transferable.of(Files.readAllBytes(file), OWNER_ONLY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts these files into /etc/xfrmctl.d, in the place of those of the same names. */
    void define(Map<String, Path> files) {
        files.forEach((name, file) -> container.copyFileToContainer(content(file), DEFINITIONS + name));
    }

    /** Runs the image's program once more in its container; the image has no shell. */
    Outcome xfrmctl(String... words) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(words));
        return ContainerHost.run(container, command.toArray(String[]::new));
    }

    /** What the watch answers. */
    Outcome ask(String... words) {
        List<String> command = new ArrayList<>(List.of("ask"));
        command.addAll(List.of(words));
        return xfrmctl(command.toArray(String[]::new));
    }

    /** As {@code docker restart}; returns when it watches again. */
    void restart() {
        int before = watching();
        container
                .getDockerClient()
                .restartContainerCmd(container.getContainerId())
                .exec();
        awaitLog(before + 1);
    }

    /** As {@code docker stop}. */
    void stop() {
        container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
    }

    /** As {@code docker start}; returns when it watches again. */
    void startAgain() {
        int before = watching();
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        awaitLog(before + 1);
    }

    /** As {@code docker kill} and {@code docker start}: nobody had the time to tidy up. */
    void killAndStart() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
        startAgain();
    }

    private int watching() {
        return (int) log().lines().filter("watching"::equals).count();
    }

    private void awaitLog(int times) {
        Wait.forLogMessage("watching\\n", times).withStartupTimeout(PATIENCE).waitUntilReady(container);
    }

    /** All that it has written. */
    String log() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.close();
    }
}

package org.xfrmctl.it.docker;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Leads Testcontainers to an engine. It reads these settings once in a JVM, when it is asked for the first time, so every
 * test of it has to have called this before.
 */
final class EngineConnection {
    private EngineConnection() {}

    /** Has Testcontainers speak to this engine, in the version of the API that it has. */
    static void lead(DockerEngine engine) {
        if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            // Testcontainers takes this one from the environment only.
            throw new IllegalStateException(
                    "Testcontainers would fetch its helper from a registry: run by Maven, or set"
                            + " TESTCONTAINERS_RYUK_DISABLED=true; these tests remove by themselves what they make");
        }
        // src/test/resources/testcontainers.properties has it look here, and not into the user's own settings.
        System.setProperty("DOCKER_HOST", engine.host().toString());
        engine.client().config().ifPresent(config -> {
            // The environment's are not for the guest; these come before them.
            System.setProperty("DOCKER_TLS_VERIFY", "0");
            System.setProperty("DOCKER_CONFIG", config.toString());
        });
        // Left to itself it asks for a version that Debian's engine is too old for.
        System.setProperty("api.version", version(engine));
    }

    private static String version(DockerEngine engine) {
        try {
            return engine.client()
                    .output("version", "--format", "{{.Server.APIVersion}}")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

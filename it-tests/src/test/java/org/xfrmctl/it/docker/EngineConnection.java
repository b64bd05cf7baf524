package org.xfrmctl.it.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;

/**
 * Leads Testcontainers to an engine. It reads these settings once in a JVM, when it is asked for the first time, so every
 * test of it has to have called this before.
 */
final class EngineConnection {
    private EngineConnection() {}

    /** Has Testcontainers speak to the engine at {@code host}, in the version of the API that this one has. */
    static void lead(URI host) {
        if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            // Testcontainers takes this one from the environment only.
            throw new IllegalStateException(
                    "Testcontainers would fetch its helper from a registry: run by Maven, or set"
                            + " TESTCONTAINERS_RYUK_DISABLED=true; these tests remove by themselves what they make");
        }
        // src/test/resources/testcontainers.properties has it look here, and not into the user's own settings.
        System.setProperty("DOCKER_HOST", host.toString());
        // Left to itself it asks for a version that Debian's engine is too old for.
        System.setProperty("api.version", version(host));
    }

    private static String version(URI host) {
        DockerHttpClient.Request request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.GET)
                .path("/version")
                .build();
        try (DockerHttpClient client =
                        new ZerodepDockerHttpClient.Builder().dockerHost(host).build();
                DockerHttpClient.Response response = client.execute(request);
                InputStream body = response.getBody()) {
            return new ObjectMapper().readTree(body).path("ApiVersion").asText();
        } catch (IOException e) {
            throw new UncheckedIOException("Docker's engine at " + host + " does not tell its version", e);
        }
    }
}

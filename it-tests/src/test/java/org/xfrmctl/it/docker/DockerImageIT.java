package org.xfrmctl.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What docs/DOCKER.md promises of the image by itself. */
@ExtendWith(OnDocker.class)
class DockerImageIT {
    private static final long LARGEST = 120_000_000;
    private static final String DAEMON = "xfrmctl-it-daemon";
    private static final String SOCKET = "/run/user/65532/xfrm";

    private final DockerClient docker;
    private final String image;

    DockerImageIT(DockerEngine engine) {
        this.docker = engine.client();
        this.image = engine.image();
    }

    @Test
    void itIsSmallAndNobodysAndSaysWhatItIs() throws IOException, InterruptedException {
        JsonNode told = new ObjectMapper()
                .readTree(docker.output("image", "inspect", image))
                .get(0);
        JsonNode config = told.get("Config");

        assertThat(told.get("Size").longValue()).isBetween(LARGEST / 2, LARGEST);
        assertThat(config.get("User").textValue()).isEqualTo("65532:65532");
        assertThat(config.get("StopSignal").textValue()).isEqualTo("SIGTERM");
        assertThat(config.get("Volumes").has("/etc/xfrmctl.d")).isTrue();
        assertThat(config.get("Healthcheck").get("Test"))
                .map(JsonNode::textValue)
                .containsExactly("CMD", "xfrmctl", "health");
        assertThat(config.get("Labels").fieldNames())
                .toIterable()
                .map(name -> name.replace("org.opencontainers.image.", ""))
                .contains("title", "description", "licenses", "version", "revision", "created", "source");
        assertThat(config.get("Labels").get("org.opencontainers.image.licenses").textValue())
                .isEqualTo("Apache-2.0");
    }

    /** Without any privilege, and with nothing to write to but a directory for the socket. */
    @Test
    void aUserspaceKernelNeedsNoPrivilegeAndEndsBySigterm() throws IOException, InterruptedException {
        try {
            docker.output(
                    "run",
                    "--detach",
                    "--name=" + DAEMON,
                    "--read-only",
                    "--cap-drop=ALL",
                    "--security-opt=no-new-privileges",
                    "--network=none",
                    "--tmpfs=/run/user/65532:uid=65532,mode=0700",
                    image,
                    "daemon",
                    "--netlink-socket=" + SOCKET,
                    "--device=udp,local=127.0.0.1:4500,remote=127.0.0.1:4501,peer=10.9.0.2,address=10.9.0.1/24");
            awaitReady();

            assertThat(docker.output("exec", DAEMON, "xfrmctl", "health"))
                    .isEqualTo("the daemon at " + SOCKET + " answers; its addresses: 10.9.0.1\n");
            docker.output("stop", DAEMON);
            assertThat(docker.output("wait", DAEMON).strip()).isEqualTo("143");
        } finally {
            docker.output("rm", "--force", DAEMON);
        }
    }

    /** The log is followed up to the line that says so. */
    private void awaitReady() throws IOException, InterruptedException {
        assertThat(docker.firstLine("logs", "--follow", DAEMON)).startsWith("ready: ");
    }
}

package org.xfrmctl.it.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The script that docs/DOCKER.md begins with: three containers, ESP with IPComp, and counters that tell what passed. */
@ExtendWith(OnDocker.class)
class DockerQuickStartIT {
    private static final Path SCRIPT =
            Path.of("..", "examples", "docker", "run").toAbsolutePath().normalize();

    @Test
    void pingsPassCompressedAndEncryptedAndNothingIsLeft(DockerEngine engine) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder(SCRIPT.toString());
        script.environment().put("IMAGE", engine.image());
        script.environment().put("TOOLS", engine.tools());

        DockerClient.Outcome run = engine.client().run(script);

        assertThat(run.exitStatus()).as(run.output()).isZero();
        // A packet below the threshold of 90 bytes, and one far above: only the latter comes back through IPComp.
        assertThat(run.output())
                .containsPattern("IPComp out +0x00001001 +8296 +2 ")
                .containsPattern("IPIP out +0xc0000264 +0 +0 ")
                .containsPattern("ESP out +0xc1000001 +[0-9]{3} +2 ")
                .containsPattern("ESP in +0xc1000002 +[0-9]{3} +2 ")
                .containsPattern("IPComp in +0x00001002 +8212 +1 ")
                .containsPattern("IPIP in +0xc0000201 +84 +1 ");
        for (String kind : new String[] {"container", "network", "volume"}) {
            assertThat(engine.client().output(kind, "ls", "--quiet", "--filter", "name=xfrmctl-demo-"))
                    .as(kind)
                    .isEmpty();
        }
    }
}

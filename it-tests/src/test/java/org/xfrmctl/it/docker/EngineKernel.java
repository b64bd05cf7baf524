package org.xfrmctl.it.docker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the kernel of an engine can do, asked by adding states in a container without a network. */
final class EngineKernel {
    private static final List<String> ESP =
            List.of("proto", "esp", "spi", "0x1001", "mode", "tunnel", "enc", "ecb(cipher_null)", "");
    private static final List<String> IPCOMP =
            List.of("proto", "comp", "spi", "0x1001", "mode", "tunnel", "comp", "deflate");

    private EngineKernel() {}

    /** Why tests cannot run there; empty if they can. */
    static Optional<String> lack(DockerClient client, DockerImages images) throws IOException, InterruptedException {
        DockerClient.Outcome version = client.run(List.of("version", "--format", "{{.Server.Version}}"));
        if (version.exitStatus() != 0) {
            return Optional.of("it does not answer: " + version.output().strip());
        }
        images.bringTools();
        for (List<String> state : List.of(ESP, IPCOMP)) {
            DockerClient.Outcome added = add(client, state);
            if (added.exitStatus() != 0) {
                return Optional.of("\"ip xfrm state add " + String.join(" ", state) + "\" in a container says: "
                        + added.output().strip());
            }
        }
        return Optional.empty();
    }

    private static DockerClient.Outcome add(DockerClient client, List<String> state)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("run", "--rm", "--network=none", "--privileged", DockerImages.TOOLS, "ip", "xfrm", "state"));
        command.addAll(List.of("add", "src", "192.0.2.1", "dst", "192.0.2.2"));
        command.addAll(state);
        return client.run(command);
    }
}

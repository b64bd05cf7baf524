package org.xfrmctl.it.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.testcontainers.DockerClientFactory;

/** Whatever becomes of a laboratory, nothing of it stays in the engine. */
@ExtendWith(OnDocker.class)
@ResourceLock(OnDocker.ENGINE)
class CleanUpIT {
    private static final Map<String, List<String>> LINKS = Map.of("alice", List.of("lan", "wan"));

    @Test
    void nothingIsLeftOfOneThatIsClosed(DockerEngine engine) {
        ContainerLaboratory laboratory = ContainerLaboratory.open(Laboratories.images(engine), LINKS);
        String name = laboratory.name();
        assertThat(ContainerLaboratory.remains(name)).hasSize(3);
        laboratory.close();
        assertThat(ContainerLaboratory.remains(name)).isEmpty();
    }

    @Test
    void nothingIsLeftOfOneThatDidNotOpen(DockerEngine engine) {
        String tools = Laboratories.images(engine).tools();
        // Both networks and the container are there by then, and it cannot be on one of them a second time.
        Map<String, List<String>> twice = Map.of("alice", List.of("lan", "wan", "lan"));
        List<String> before = all();
        assertThatThrownBy(() -> ContainerLaboratory.open(new ContainerLaboratory.Images(tools, tools), twice))
                .isInstanceOf(RuntimeException.class);
        assertThat(all()).isEqualTo(before);
    }

    private static List<String> all() {
        DockerClient client = DockerClientFactory.lazyClient();
        return Stream.concat(
                        client.listContainersCmd().withShowAll(true).exec().stream()
                                .map(each -> "container " + each.getId()),
                        client.listNetworksCmd().exec().stream().map(each -> "network " + each.getId()))
                .sorted()
                .toList();
    }
}

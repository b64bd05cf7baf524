package org.xfrmctl.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.model.Direction;
import org.xfrmctl.netlink.NetlinkTransport;

/** Whatever somebody does to what is ours is mended by a watch, on the userspace kernel. */
class DriftTest {
    @TempDir
    private Path directory;

    /** A kernel with a name, so that runs keep a journal. */
    private record Named(UserspaceKernel kernel, boolean losesEvents) implements Kernel {
        @Override
        public NetlinkTransport open() {
            NetlinkTransport transport = kernel.open();
            return losesEvents ? new LostEvents(transport) : transport;
        }

        @Override
        public Optional<String> name() {
            return Optional.of("drift");
        }
    }

    @ParameterizedTest(name = "every event is lost: {0}")
    @ValueSource(booleans = {false, true})
    void everyKindOfHarmIsRepaired(boolean losesEvents) throws IOException {
        Kernel kernel =
                new Named(new UserspaceKernel(new XfrmNamespace(Clock.systemUTC(), new Random(1))), losesEvents);

        DriftProof.Result result = new DriftProof(Program.in(directory, kernel)).result();

        System.out.println("userspace kernel, every event is lost: " + losesEvents + ", " + result);
        check(result);
    }

    static void check(DriftProof.Result result) {
        assertThat(result.left()).as(result.told()).isEmpty();
        assertThat(result.repaired()).doesNotHaveDuplicates();
        assertThat(result.policies())
                .as("of two children, each out, in and fwd")
                .hasSize(6);
        result.policies()
                .forEach((policy, changes) -> assertThat(changes).as(policy).isEqualTo(changesOf(policy)));
        assertThat(result.repaired())
                .contains("all policies: " + Harm.DELETE)
                .anyMatch(name -> name.startsWith("derived state from 192.168.0.100") && name.endsWith(Harm.DELETE))
                .anyMatch(name -> name.startsWith("derived state from 192.168.0.1,") && name.endsWith(Harm.DELETE));
        assertThat(result.told()).contains(DriftProof.EXISTS);
    }

    /** The kernel refuses tunnels that are optional on the way out. */
    private static Set<String> changesOf(String policy) {
        Set<String> changes =
                new TreeSet<>(Set.of(Harm.DELETE, Harm.PRIORITY, Harm.BLOCK, Harm.ALLOW, Harm.LEVELS, Harm.REQIDS));
        if (policy.startsWith(Direction.OUT.toString())) {
            changes.remove(Harm.LEVELS);
        }
        return changes;
    }
}

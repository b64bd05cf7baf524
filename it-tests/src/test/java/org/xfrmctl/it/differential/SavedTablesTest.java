package org.xfrmctl.it.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.explain.HostView;
import org.xfrmctl.cli.snapshot.SavedHost;
import org.xfrmctl.cli.snapshot.SnapshotWriter;
import org.xfrmctl.datapath.engine.Restoration;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** What a snapshot holds is read back as it was, but for keys and what does not touch the way of a packet. */
class SavedTablesTest {
    private static final int WORLDS = 25;
    private static final int OBJECTS = 12;

    @TempDir
    private Path directory;

    @Test
    void nothingThatMattersIsLost() {
        long first = new Random().nextInt(1_000_000);
        int states = 0;
        int policies = 0;
        for (long seed = first; seed < first + WORLDS; seed++) {
            UserspaceSubject subject = new UserspaceSubject();
            SmallWorld world = new SmallWorld(new Random(seed));
            try (XfrmClient client = new XfrmClient(subject.socket())) {
                for (int i = 0; i < OBJECTS; i++) {
                    tries(() -> client.addState(world.remember(world.state())));
                    tries(() -> client.addPolicy(world.policy()));
                }
                Path saved = directory.resolve("seed-" + seed);
                new SnapshotWriter(subject::another, saved, "test").write(Instant.EPOCH);
                HostView read = SavedHost.read(saved);
                List<XfrmState> present = client.listStates();
                assertThat(read.tables().states().stream().map(Restoration::withoutKeys))
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(
                                present.stream().map(Restoration::withoutKeys).toList());
                List<XfrmPolicy> listed = client.listPolicies();
                assertThat(read.tables().policies())
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(
                                listed.stream().map(SavedTablesTest::plain).toList());
                assertThat(read.tables().defaults()).isEqualTo(client.getDefaults());
                states += present.size();
                policies += listed.size();
            }
        }
        assertThat(states).isGreaterThan(2 * WORLDS);
        assertThat(policies).isGreaterThan(2 * WORLDS);
    }

    /** Kernels keep what share a policy wants, and never look at it. */
    private static XfrmPolicy plain(XfrmPolicy policy) {
        return policy.toBuilder()
                .share(0)
                .templates(policy.templates().stream()
                        .map(template -> new Template(
                                template.id(),
                                template.source(),
                                template.reqid(),
                                template.mode(),
                                template.level(),
                                template.masks(),
                                0))
                        .toList())
                .build();
    }

    private static void tries(Runnable request) {
        try {
            request.run();
        } catch (NetlinkException e) {
            // The generator asks for what kernels refuse, too.
            return;
        }
    }
}

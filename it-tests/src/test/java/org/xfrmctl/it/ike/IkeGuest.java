package org.xfrmctl.it.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** Runs a proof with an IKE daemon on User Mode Linux. */
final class IkeGuest {
    /** Only a guest that hangs reaches it. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private IkeGuest() {}

    static void run(Class<?> proof, IkeDaemon daemon, Path results) throws IOException, InterruptedException {
        IkeSetting setting = new IkeSetting(daemon, results, daemon.packages(), configuration(daemon));
        GuestRun run = RealKernel.userModeLinux().run(GuestJava.command(proof, setting.arguments()), results, LIMIT);
        assertThat(run.exitStatus()).as(run.console() + run.stdout()).isZero();
    }

    private static Path configuration(IkeDaemon daemon) {
        try {
            return Path.of(Objects.requireNonNull(IkeGuest.class.getResource("/ike/" + daemon.directory()))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

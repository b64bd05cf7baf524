package org.xfrmctl.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel in QEMU is for: our bytes meet a kernel that knows more than 6.1. One boot serves all tests. */
class NewerKernelIT {
    @TempDir
    private static Path results;

    private static GuestRun run;

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        run = RealKernel.qemu()
                .run(GuestJava.command(NewerKernelProof.class, List.of()), results, Duration.ofMinutes(5));
        assertThat(run.exitStatus()).as(run.console()).isZero();
    }

    @Test
    void itHasTwoProcessors() {
        assertThat(run.stdout()).contains("processors: 2\n");
    }

    @Test
    void itHasXfrmInterfaces() {
        assertThat(run.stdout()).containsPattern("interface: .* xfrm0@lo: .* xfrm if_id 0x7 ");
    }

    @Test
    void theDirectionOfAStateComesBack() {
        assertThat(run.stdout())
                .contains("0x00001001: Optional[out], keepalive 0\n")
                .contains("0x00001002: Optional[in], keepalive 0\n");
    }

    @Test
    void theIntervalOfNatKeepalivesComesBack() {
        assertThat(run.stdout()).contains("0x00001003: Optional[out], keepalive 20\n");
    }

    @Test
    void aDirectionBringsChecksOfItsOwn() {
        assertThat(run.stdout()).containsPattern("an outbound state with a replay window: .*EINVAL.*");
    }
}

package org.xfrmctl.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.xfrmctl.it.guest.RealKernel;

/** What a person reads when a real kernel says no, and that nothing is left behind. */
class RefusalIT {
    @Test
    void aMissingModuleIsNamedWithTheKernelsOwnWords() throws IOException {
        GuestRefusals.Refusal refusal =
                RecordFile.read(KernelRun.get().file("module-missing.json"), GuestRefusals.Refusal.class);

        assertThat(refusal.status()).isEqualTo(1);
        assertThat(refusal.err())
                .contains("EPROTONOSUPPORT", "Requested type not found", "modprobe esp4", "nothing was changed");
        assertThat(refusal.left()).isEmpty();
    }

    @Test
    void withoutThePrivilegeTheHintSaysHowToGetIt() throws Exception {
        RealKernel.userModeLinux();
        Process process = new ProcessBuilder(GuestRefusals.unprivileged()).start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(err).contains("EPERM", "Operation not permitted", "CAP_NET_ADMIN");
        assertThat(err.lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("xfrmctl: "));
    }
}

package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalPlaceTest {
    private static final Path RUN = Path.of("/run/xfrmctl");

    private static Path place(boolean isUsable, Map<String, String> environment) {
        return JournalOptions.place(environment, place -> {
            assertThat(place).isEqualTo(RUN);
            return isUsable;
        });
    }

    @Test
    void theOneThatCanBeWritten() {
        Map<String, String> runtime = Map.of("XDG_RUNTIME_DIR", "/run/user/7");
        assertThat(place(true, runtime)).isEqualTo(RUN);
        assertThat(place(false, runtime)).isEqualTo(Path.of("/run/user/7/xfrmctl"));
        assertThat(place(false, Map.of())).isEqualTo(RUN);
    }

    @Test
    void theOneThatIsChosenIsTakenAsItIs() {
        Map<String, String> both = Map.of("XFRMCTL_STATE_DIR", "/var/x", "XDG_RUNTIME_DIR", "/run/user/7");
        assertThat(place(true, both)).isEqualTo(Path.of("/var/x"));
        assertThat(place(false, both)).isEqualTo(Path.of("/var/x"));
    }

    @Test
    void emptyIsNotSet() {
        assertThat(place(false, Map.of("XFRMCTL_STATE_DIR", "", "XDG_RUNTIME_DIR", "")))
                .isEqualTo(RUN);
    }
}

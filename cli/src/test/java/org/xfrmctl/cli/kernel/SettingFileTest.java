package org.xfrmctl.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Of this machine's kernel. */
class SettingFileTest {
    @Test
    void aNumberIsReadToItsEnd() throws IOException {
        assertThat(SettingFile.read(Path.of("/proc/sys/kernel/overflowuid"))).matches("\\d{2,10}");
        assertThat(SettingFile.read(Path.of("/proc/sys/kernel/ostype"))).isEqualTo("Linux");
    }
}
